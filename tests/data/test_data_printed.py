"""The audit's second pair of eyes: does the print say what the row says?"""

import math

import pytest

from data.load import Row
from data.printed import disagreements

# printed, text around it, value, unit, bound
AGREE = [
    ("5154.75亿元", "达到5154.75亿元、同比增长6%", 5154.75, "亿元", "exact"),
    ("325亿元以上", "达到 325 亿元以上，", 325, "亿元", "at_least"),
    ("超过640万人", "常住人口超过640万人。", 640, "万人", "at_least"),
    ("640万人", "常住人口超过640万人。", 640, "万人", "at_least"),
    ("12万人", "吸引不少于12万人来筑", 12, "万人", "at_least"),
    ("超7万卡", "算力规模超7万卡，", 7, "万卡", "at_least"),
    ("2.02以内", "收入比降低至2.02以内；", 2.02, "1", "at_most"),
    ("约70%", "使用率约70%，", 70, "%", "about"),
    ("70%", "使用率约70%，", 70, "%", "about"),
    ("80%左右", "城镇化率达到 80%左右。", 80, "%", "about"),
    # the closing 左右 of a list speaks for all of it
    ("分别增长4%", "增加值分别增长4%、9%和6%左右；", 4, "%", "about"),
    ("9%", "增加值分别增长4%、9%和6%左右；", 9, "%", "about"),
    ("6%和8%左右", "分别增长6%和8%左右，", 6, "%", "about"),
    # but a bound of the next figure is not that of this one
    ("47万亩", "扩种油菜47万亩、大豆11万亩以上。", 47, "万亩", "exact"),
    ("14万平方米", "避暑康养地产14万平方米、第四代住宅项目21万平方米以上。", 14, "万平方米", "exact"),
    ("960亿元左右", "到位资金960亿元左右、工业占比达55%。", 960, "亿元", "about"),
    ("55%", "到位资金960亿元左右、工业占比达55%。", 55, "%", "exact"),
    # above designated size is no bound
    ("182家", "182家规模以上工业企业", 182, "家", "exact"),
    # words
    ("前三", "西部19个国家创新型城市前三。", 3, "位", "at_most"),
    ("前20", "拥堵指数稳定退出全国前20。", 20, "位", "at_least"),
    ("首位", "增速位居国家级新区首位，", 1, "位", "exact"),
    ("翻番", "亩均产出强度实现翻番。", 2, "倍", "exact"),
    ("Ⅱ类", "年均Ⅱ类水体。", 2, "类", "exact"),
    ("千亿级", "千亿级现代服务业产业集群", 1000, "亿元", "about"),
    ("零门票", "坚持“零门票、零距离", 0, "1", "exact"),
    # a table names its unit in front
    ("80左右", "4 城镇化率 (%) 80 左右", 80, "%", "about"),
    ("45", "5 城市建成区面积 (平方公里) 45 王 飞", 45, "平方公里", "exact"),
]


def row(printed: str, value: float, unit: str, bound: str, **more: object) -> Row:
    return {
        "paragraph": 1,
        "printed": printed,
        "value": value,
        "value_high": math.nan,
        "unit": unit,
        "bound": bound,
        **more,
    }


@pytest.mark.parametrize(("printed", "text", "value", "unit", "bound"), AGREE)
def test_print_and_row_agree(printed: str, text: str, value: float, unit: str, bound: str) -> None:
    assert list(disagreements(row(printed, value, unit, bound), (text,))) == []


@pytest.mark.parametrize(("printed", "text", "value", "unit", "bound"), AGREE)
def test_another_bound_is_noticed(printed: str, text: str, value: float, unit: str, bound: str) -> None:
    for other in {"exact", "at_least", "at_most", "about"} - {bound}:
        found = list(disagreements(row(printed, value, unit, other), (text,)))
        assert found == [f"bound is {other}, the print reads as {bound}"]


@pytest.mark.parametrize(("printed", "text", "value", "unit", "bound"), AGREE)
def test_another_value_is_noticed(printed: str, text: str, value: float, unit: str, bound: str) -> None:
    found = list(disagreements(row(printed, 0.125, unit, bound), (text,)))
    assert found == [f"value 0.125 does not stand in {printed!r}"]


def test_a_bound_across_a_page_break_is_read() -> None:
    paragraphs = ("新增 20 亿级项目 5", "个以上。推进无废城市建设")
    assert list(disagreements(row("项目5", 5, "个", "at_least"), paragraphs)) == []


def test_a_stretch_is_read() -> None:
    text = "达到 325 亿元以上，力争突破 350 亿元，区域"
    printed = "325亿元以上，力争突破350亿元"
    assert list(disagreements(row(printed, 325, "亿元", "at_least", value_high=350), (text,))) == []
    found = list(disagreements(row(printed, 325, "亿元", "at_least", value_high=360), (text,)))
    assert found == [f"value_high 360 does not stand in {printed!r}"]


def test_a_row_without_a_value_says_nothing() -> None:
    assert list(disagreements(row("全覆盖", math.nan, "", ""), ("实现全覆盖",))) == []


def test_a_unit_that_stands_nowhere_is_noticed() -> None:
    found = list(disagreements(row("325亿元以上", 325, "平方公里", "at_least"), ("达到325亿元以上",)))
    assert found == ["unit 平方公里 stands neither in the figure nor beside it"]


def test_a_unit_of_a_later_figure_is_not_this_ones() -> None:
    text = "达到5154.75亿元、同比增长6%，经济运行良好。常住人口超过640万人。"
    found = list(disagreements(row("5154.75亿元", 5154.75, "万人", "exact"), (text,)))
    assert found == ["unit 万人 stands neither in the figure nor beside it"]


def test_a_print_that_is_not_there_is_not_read() -> None:
    assert list(disagreements(row("9家", 9, "家", "exact"), ("家以上企业共12家",))) == []
