"""What the data package and the column documentation say is what the schemas say."""

from frictionless import validate

from data import dictionary, package
from data.load import FOLDER, NAMES, tables


def test_the_files_are_those_the_schemas_make():
    assert (FOLDER / "datapackage.json").read_text(encoding="utf-8") == package.datapackage()
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == package.readme()


def test_frictionless_finds_the_package_valid():
    report = validate(str(FOLDER / "datapackage.json"))
    assert report.valid, report.flatten(["taskNumber", "rowNumber", "fieldName", "message"])
    assert len(report.tasks) == len(NAMES) == 11


def test_every_column_is_documented_in_both_languages():
    for name in NAMES:
        assert list(dictionary.of(name)["column"]) == list(getattr(tables(), name).columns)
    assert (dictionary.columns()[["meaning_zh", "meaning_en"]] != "").all().all()


def test_the_page_and_the_readme_explain_a_column_in_the_same_words():
    meanings = dict(dictionary.meanings("observations", "en"))
    assert f"| {meanings['printed']} |" in package.readme()
