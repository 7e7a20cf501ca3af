"""Who made the boundaries and on what terms they are shown.

In: nothing. Out: the short line under a map and the full attribution, in both languages.
The approval number is the source map's, never this product's.
"""

MAP_LINE_ZH = "行政区划边界：天地图，2025年9月版，源图审图号 GS（2024）0650号"
MAP_LINE_EN = "Boundaries: Tianditu, September 2025 edition; source map approval no. GS（2024）0650号"

ATTRIBUTION_ZH = (
    "行政区划边界：天地图（国家地理信息公共服务平台，国家基础地理信息中心），2025年9月版，"
    "源图审图号 GS（2024）0650号；经 PyPI geotool-cn 1.1.0 获取，截取贵州省部分。"
    "审图号属于源图，不属于本产品。边界数据仅供地图展示，并非开放许可，本项目的许可证不涵盖这些文件。"
)
ATTRIBUTION_EN = (
    "Administrative boundaries: Tianditu (National Platform for Common Geospatial Information Services, "
    "National Geomatics Center of China), September 2025 edition, source map approval number "
    "GS（2024）0650号; obtained through PyPI geotool-cn 1.1.0, cut to Guizhou. "
    "The approval number is the source map's, not this product's. The boundary data is for map display, "
    "is not openly licensed, and is not covered by this project's licence."
)
