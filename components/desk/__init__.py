"""The desk: every Figure with its formats, texts and evidence, for whoever has to publish one."""
