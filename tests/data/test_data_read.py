"""What was read in the documents and typed here by hand, against what the tables say.

An expectation is one figure of a document with all that is said of it.
"""

import csv
from collections import Counter

import pytest

from data.load import FOLDER

Expected = tuple[int, str, str, str, str, str, str, str, str]

# paragraph, printed, value, unit, bound, place, period, kind, indicator
GUIYANG: list[Expected] = [
    (6, "5154.75亿元", "5154.75", "亿元", "exact", "guiyang", "2023", "result", "gdp"),
    (6, "6%", "6", "%", "exact", "guiyang", "2023", "result", "gdp-growth"),
    (6, "超过640万人", "640", "万人", "at_least", "guiyang", "2023", "result", "resident-population"),
    # Gui'an, and Guiyang and Gui'an together, are not Guiyang
    (7, "24.1%", "24.1", "%", "exact", "guian", "2023", "result", "gdp-growth"),
    (7, "首位", "1", "位", "exact", "guian", "2023", "result", "gdp-growth-rank-new-areas"),
    (8, "5278.04亿元", "5278.04", "亿元", "exact", "guiyang-guian", "2023", "result", "gdp"),
    (8, "6.2%", "6.2", "%", "exact", "guiyang-guian", "2023", "result", "gdp-growth"),
    (8, "超过50%", "50", "%", "at_least", "guiyang-guian", "2023", "result", "digital-economy-share"),
    (8, "49%", "49", "%", "exact", "guiyang-guian", "2023", "result", "green-economy-share"),
    (8, "25.2%", "25.2", "%", "exact", "guiyang-guian", "2023", "result", "primacy-ratio"),
    (10, "9.6%", "9.6", "%", "exact", "guiyang", "2023", "result", "value-added-industry-growth"),
    (10, "10.5%", "10.5", "%", "exact", "guiyang", "2023", "result", "industrial-output-growth"),
    (10, "2.9个百分点", "2.9", "个百分点", "exact", "guiyang", "2023", "result", "industrial-investment-share-change"),
    (10, "27.4%", "27.4", "%", "exact", "guiyang", "2023", "result", "industrial-investment-share"),
    (10, "1.78万亩", "1.78", "万亩", "exact", "guiyang", "2023", "result", "industrial-land-reserved"),
    (10, "约70%", "70", "%", "about", "guiyang", "2023", "result", "standard-factory-use-rate"),
    (10, "930.9亿元", "930.9", "亿元", "exact", "guiyang", "2023", "result", "funds-in-place"),
    (10, "56.1%", "56.1", "%", "exact", "guiyang", "2023", "result", "funds-in-place-industry-share"),
    (11, "超过62万人次", "62", "万人次", "at_least", "guiyang", "2023", "result", "metro-daily-ridership"),
    (11, "1033.7公里", "1033.7", "公里", "exact", "guiyang", "2023", "result", "underground-pipes-built"),
    (11, "12万人", "12", "万人", "exact", "guiyang", "2023", "result", "retained-graduates"),
    (11, "翻一番", "2", "倍", "exact", "guiyang", "2023", "result", "outside-graduates-multiple"),
    (11, "超过60%", "60", "%", "at_least", "guiyang", "2021/2023", "result", "youth-talent-share-new-population"),
    (12, "超过1.8万元", "1.8", "万元", "at_least", "guiyang", "2023", "result", "poverty-exit-income"),
    (12, "15%以上", "15", "%", "at_least", "guiyang", "2023", "result", "poverty-exit-income-growth"),
    (12, "2个百分点", "2", "个百分点", "exact", "guiyang", "2023", "result", "vegetable-self-sufficiency-change"),
    (12, "62%", "62", "%", "exact", "guiyang", "2023", "result", "vegetable-self-sufficiency"),
    # recovered to 116% of 2019: an index, no growth
    (13, "1.47亿人次", "1.47", "亿人次", "exact", "guiyang", "2023", "result", "tourism-visits"),
    (13, "1325元", "1325", "元", "exact", "guiyang", "2023", "result", "tourism-spending-per-visitor"),
    (13, "突破3100万人次", "3100", "万人次", "at_least", "guiyang", "2023", "result", "overnight-visits"),
    (13, "116%", "116", "%", "exact", "guiyang", "2023", "result", "tourism-visits-recovery"),
    (13, "106%", "106", "%", "exact", "guiyang", "2023", "result", "tourism-spending-recovery"),
    (13, "129%", "129", "%", "exact", "guiyang", "2023", "result", "overnight-visits-recovery"),
    (13, "5.2%", "5.2", "%", "exact", "guiyang", "2023", "result", "retail-sales-growth"),
    (14, "超7万卡", "7", "万卡", "at_least", "guiyang-guian", "2023", "result", "ai-computing-cards"),
    (14, "超过56", "56", "1", "at_least", "guiyang", "2023", "result", "data-real-economy-index"),
    (14, "突破800亿元", "800", "亿元", "at_least", "guiyang", "2023", "result", "software-revenue"),
    (14, "20.6%", "20.6", "%", "exact", "guiyang", "2023", "result", "software-revenue-growth"),
    (15, "1158亿元", "1158", "亿元", "exact", "guiyang-guian", "2023", "result", "state-firm-revenue"),
    (15, "17.2%", "17.2", "%", "exact", "guiyang", "2023", "result", "goods-trade-growth"),
    (15, "57位", "57", "位", "exact", "guiyang", "2023", "result", "bonded-zone-rank-gain"),
    (15, "28位", "28", "位", "exact", "guian", "2023", "result", "bonded-zone-rank-gain"),
    (15, "前三", "3", "位", "at_most", "guiyang", "2023", "result", "innovation-rank"),
    (16, "99.5%", "99.5", "%", "exact", "guiyang", "2023", "result", "good-air-days-share"),
    (17, "2.05", "2.05", "1", "exact", "guiyang", "2023", "result", "urban-rural-income-ratio"),
    # totals of the three-year drive, started apart from finished
    (17, "140个", "140", "个", "exact", "guiyang", "2021/2023", "result", "living-circles-built"),
    (17, "7.5万个", "7.5", "万个", "exact", "guiyang", "2021/2023", "result", "public-parking-new"),
    (17, "136个", "136", "个", "exact", "guiyang", "2021/2023", "result", "produce-markets-built"),
    (17, "14.7万户", "14.7", "万户", "exact", "guiyang", "2021/2023", "result", "shantytown-renewal-started"),
    (17, "11.9万户", "11.9", "万户", "exact", "guiyang", "2021/2023", "result", "shantytown-renewal-completed"),
    (17, "13万户", "13", "万户", "exact", "guiyang", "2021/2023", "result", "old-estate-renewal-started"),
    (17, "12.7万户", "12.7", "万户", "exact", "guiyang", "2021/2023", "result", "old-estate-renewal-completed"),
    (17, "1141条", "1141", "条", "exact", "guiyang", "2021/2023", "result", "back-lanes-renewed"),
    (17, "53%", "53", "%", "exact", "guiyang", "2023", "result", "rural-sewage-treatment-rate"),
    (17, "15.4万人", "15.4", "万人", "exact", "guiyang", "2023", "result", "urban-new-jobs"),
    # 分别增长4%、9%和6%左右: about holds for all three, so for 6%和8%左右
    (24, "5.5%左右", "5.5", "%", "about", "guiyang", "2024", "goal", "gdp-growth"),
    (24, "分别增长4%", "4", "%", "about", "guiyang", "2024", "goal", "value-added-agriculture-growth"),
    (24, "9%", "9", "%", "about", "guiyang", "2024", "goal", "value-added-industry-growth"),
    (24, "6%左右", "6", "%", "about", "guiyang", "2024", "goal", "value-added-services-growth"),
    (24, "分别增长6%和8%左右", "6", "%", "about", "guiyang", "2024", "goal", "urban-income-growth"),
    (24, "分别增长6%和8%左右", "8", "%", "about", "guiyang", "2024", "goal", "rural-income-growth"),
    (24, "6.5%左右", "6.5", "%", "about", "guiyang", "2024", "goal", "retail-sales-growth"),
    (24, "2.02以内", "2.02", "1", "at_most", "guiyang", "2024", "goal", "urban-rural-income-ratio"),
    (24, "15万人", "15", "万人", "exact", "guiyang", "2024", "goal", "urban-new-jobs"),
    (27, "突破2000亿元", "2000", "亿元", "at_least", "guiyang", "2024", "goal", "industrial-base-output"),
    (27, "超过70GWh", "70", "GWh", "at_least", "guiyang", "2024", "goal", "battery-cell-capacity"),
    (27, "90%以上", "90", "%", "at_least", "guiyang", "2024", "goal", "phosphate-ore-local-conversion-rate"),
    (27, "90%以上", "90", "%", "at_least", "guiyang", "2024", "goal", "bauxite-local-conversion-rate"),
    (28, "8000亩", "8000", "亩", "exact", "guiyang", "2024", "goal", "industrial-land-reserved"),
    (28, "80%以上", "80", "%", "at_least", "guiyang", "2024", "goal", "standard-factory-use-rate"),
    (31, "1500个左右", "1500", "个", "about", "guiyang", "2024", "goal", "project-reserve-count"),
    (31, "5000亿元左右", "5000", "亿元", "about", "guiyang", "2024", "goal", "project-reserve-investment"),
    (32, "贵阳贵安各150亿元", "150", "亿元", "exact", "guiyang", "2024", "goal", "guidance-fund-size"),
    (32, "贵阳贵安各150亿元", "150", "亿元", "exact", "guian", "2024", "goal", "guidance-fund-size"),
    (32, "960亿元左右", "960", "亿元", "about", "guiyang", "2024", "goal", "funds-in-place"),
    (32, "55%", "55", "%", "exact", "guiyang", "2024", "goal", "funds-in-place-industry-share"),
    (37, "3.3万户", "3.3", "万户", "exact", "guiyang", "2024", "goal", "old-estate-renewal-planned"),
    (37, "100条", "100", "条", "exact", "guiyang", "2024", "goal", "back-lanes-renewed"),
    (39, "超过52%", "52", "%", "at_least", "guiyang", "2024", "goal", "digital-economy-share"),
    (40, "突破20万卡", "20", "万卡", "at_least", "guiyang", "2024", "goal", "ai-computing-cards"),
    (42, "突破900亿元", "900", "亿元", "at_least", "guiyang", "2024", "goal", "software-revenue"),
    (43, "2.1%以上", "2.1", "%", "at_least", "guiyang", "2024", "goal", "rd-intensity"),
    (43, "15%左右", "15", "%", "about", "guiyang", "2024", "goal", "tech-contract-value-growth"),
    (46, "不少于12万人", "12", "万人", "at_least", "guiyang", "2024", "goal", "summer-stay-visitors"),
    (49, "15%", "15", "%", "exact", "guiyang", "2024", "goal", "goods-trade-growth"),
    (54, "47万亩", "47", "万亩", "exact", "guiyang", "2024", "goal", "rapeseed-area"),
    (54, "11万亩以上", "11", "万亩", "at_least", "guiyang", "2024", "goal", "soybean-area"),
    (58, "99.2%以上", "99.2", "%", "at_least", "guiyang", "2024", "goal", "good-air-days-share"),
    (59, "比重达50%", "50", "%", "exact", "guiyang", "2024", "goal", "green-economy-share"),
    (59, "50%以上", "50", "%", "at_least", "guiyang", "2024", "goal", "nev-stock-growth"),
    (66, "1.8万个", "1.8", "万个", "exact", "guiyang", "2024", "goal", "public-parking-new"),
    (67, "60%以上", "60", "%", "at_least", "guiyang", "2024", "goal", "rural-sewage-treatment-rate"),
]
WUDANG: list[Expected] = [
    (6, "325亿元以上，力争突破350亿元", "325", "亿元", "at_least", "wudang", "2025", "goal", "gdp"),
    (6, "50万人", "50", "万人", "exact", "wudang", "2025", "goal", "resident-population"),
    (6, "40万人", "40", "万人", "exact", "wudang", "2025", "goal", "urban-resident-population"),
    (6, "80%左右", "80", "%", "about", "wudang", "2025", "goal", "urbanisation-rate"),
    (7, "45平方公里以上", "45", "平方公里", "at_least", "wudang", "2025", "goal", "built-up-area"),
    (7, "突破9万人", "9", "万人", "at_least", "wudang", "2025", "goal", "talent-total"),
    (7, "24件左右", "24", "件", "about", "wudang", "2025", "goal", "invention-patents-per-10000"),
    (8, "58%以上", "58", "%", "at_least", "wudang", "2025", "goal", "forest-cover"),
    (9, "95%以上", "95", "%", "at_least", "wudang", "2025", "goal", "good-air-days-share"),
    (10, "2以内", "2", "1", "at_most", "wudang", "2025", "goal", "urban-rural-income-ratio"),
    (15, "3个以上", "3", "个", "at_least", "wudang", "2021/2025", "goal", "new-rd-platforms"),
    (16, "突破100家以上", "100", "家", "at_least", "wudang", "2025", "goal", "high-tech-enterprises"),
    (20, "9万人", "9", "万人", "exact", "wudang", "2025", "goal", "talent-total"),
    (23, "60", "60", "1", "exact", "wudang", "2025", "goal", "data-real-economy-index"),
    (23, "65以上", "65", "1", "at_least", "wudang", "2025", "goal", "industry-it-integration-level"),
    # the two goals to 2023
    (26, "6100户", "6100", "户", "exact", "wudang", "2021/2023", "goal", "shantytown-households-renovated"),
    (26, "5100户", "5100", "户", "exact", "wudang", "2021/2023", "goal", "old-neighbourhood-households-renovated"),
    (28, "500亿元以上", "500", "亿元", "at_least", "wudang", "2025", "goal", "industrial-output"),
    (28, "420亿元以上", "420", "亿元", "at_least", "wudang", "2021/2025", "goal", "industrial-investment"),
    (28, "180家", "180", "家", "exact", "wudang", "2025", "goal", "above-scale-industrial-firms"),
    # 百亿级 and 20亿级 are the size of a thing, not the figure
    (29, "2个", "2", "个", "exact", "wudang", "2021/2025", "goal", "ten-billion-parks"),
    (29, "2000亩左右", "2000", "亩", "about", "wudang", "2021/2025", "goal", "industrial-land-reserved"),
    (40, "项目5", "5", "个", "at_least", "wudang", "2021/2025", "goal", "large-projects-added"),
    (102, "5个以上", "5", "个", "at_least", "wudang", "2021/2025", "goal", "large-projects-added"),
    (41, "翻番", "2", "倍", "exact", "wudang", "2025", "goal", "development-zone-output-multiple"),
    (41, "翻番", "2", "倍", "exact", "wudang", "2025", "goal", "output-per-mu-multiple"),
    (33, "100亿元以上", "100", "亿元", "at_least", "wudang", "2025", "goal", "agro-processing-output"),
    (35, "突破300亿元", "300", "亿元", "at_least", "wudang", "2025", "goal", "tourism-income"),
    (42, "100%", "100", "%", "exact", "wudang", "2025", "goal", "drinking-source-compliance"),
    (48, "3500亿元以上", "3500", "亿元", "at_least", "wudang", "2025", "standard", "project-pool-investment"),
    (48, "1500亿元以上", "1500", "亿元", "at_least", "wudang", "2025", "standard", "annual-ready-project-investment"),
    (48, "10%以上", "10", "%", "at_least", "wudang", "2021/2025", "goal", "fixed-investment-growth"),
    (48, "产业投资占固定资产投资比重达到60%左右", "60", "%", "about", "wudang", "2025", "goal",
     "industry-share-fixed-investment"),
    (48, "民间投资占固定资产投资比重达到60%左右", "60", "%", "about", "wudang", "2025", "goal",
     "private-share-fixed-investment"),
    (50, "11%左右", "11", "%", "about", "wudang", "2021/2025", "goal", "retail-sales-growth"),
    (57, "5000人次左右", "5000", "人次", "about", "wudang", "2025", "standard", "vocational-training"),
    (57, "6万人次以上", "6", "万人次", "at_least", "wudang", "2021/2025", "goal", "hr-service-placements"),
    (60, "76岁以上", "76", "岁", "at_least", "wudang", "2025", "goal", "life-expectancy"),
    (60, "2.3平方米以上", "2.3", "平方米", "at_least", "wudang", "2025", "goal", "sports-venue-area-per-capita"),
    (61, "34个以上", "34", "个", "at_least", "wudang", "2021/2025", "goal", "elderly-day-care-centres"),
    (62, "5%左右", "5", "%", "about", "wudang", "2025", "goal", "culture-share-gdp"),
    # the annex, where the unit stands in the name and a bound word is sometimes gone
    (72, "325亿元以上,力争突破350亿元", "325", "亿元", "at_least", "wudang", "2025", "goal", "gdp"),
    (73, "50", "50", "万人", "exact", "wudang", "2025", "goal", "resident-population"),
    (75, "80左右", "80", "%", "about", "wudang", "2025", "goal", "urbanisation-rate"),
    (76, "45", "45", "平方公里", "exact", "wudang", "2025", "goal", "built-up-area"),
    (77, "1.5以上", "1.5", "%", "at_least", "wudang", "2025", "goal", "rd-share-fiscal-expenditure"),
    (78, "9", "9", "万人", "exact", "wudang", "2025", "goal", "talent-total"),
    (83, "2以内", "2", "1", "at_most", "wudang", "2025", "goal", "urban-rural-income-ratio"),
    (106, "60%以上", "60", "%", "at_least", "wudang", "2025", "goal", "private-share-fixed-investment"),
    (106, "60%左右", "60", "%", "about", "wudang", "2025", "goal", "industry-share-fixed-investment"),
]  # fmt: skip
PUBLICITY: list[Expected] = [
    (12, "超70个", "70", "个", "at_least", "guiyang", "2021", "result", "projects-signed"),
    (12, "超880亿元", "880", "亿元", "at_least", "guiyang", "2021", "result", "signed-investment"),
    (12, "56个", "56", "个", "exact", "guiyang", "2021", "result", "projects-signed"),
    (12, "超过300亿元", "300", "亿元", "at_least", "guiyang", "2021", "result", "signed-investment"),
    (17, "32个", "32", "个", "exact", "guiyang", "2021", "result", "congestion-points-identified"),
    (22, "15分钟", "15", "分钟", "exact", "nanming", "2021", "result", "walk-time-community-services"),
    (25, "约1.03亿元", "1.03", "亿元", "about", "nanming", "2020", "result", "river-clean-up-investment"),
    (25, "46千米", "46", "千米", "exact", "nanming", "2020/2021", "result", "sewer-length-built"),
    (25, "25000立方米", "25000", "立方米", "exact", "nanming", "2020/2021", "result", "silt-removed"),
    (25, "Ⅱ类", "2", "类", "exact", "nanming", "2021", "result", "river-water-class"),
    (29, "26条", "26", "条", "exact", "guiyang-guian", "2021", "result", "talent-policy-measures"),
    (30, "3503名", "3503", "名", "exact", "guiyang", "2021", "result", "enterprise-service-staff"),
    (30, "7万套", "7", "万套", "exact", "guiyang", "2021/2025", "goal", "talent-housing-units"),
]
BIJIE: list[Expected] = [
    (3, "7个", "7", "个", "exact", "bijie", "2017/2021", "result", "poor-counties-delisted"),
    (4, "870亿元", "870", "亿元", "exact", "bijie", "2021", "result", "key-industries-output"),
    (4, "8.1%", "8.1", "%", "exact", "bijie", "2017/2021", "result", "value-added-industry-growth"),
    (4, "20%以上", "20", "%", "at_least", "bijie", "2017/2021", "result", "tourism-visits-growth"),
    (4, "20%以上", "20", "%", "at_least", "bijie", "2017/2021", "result", "tourism-income-growth"),
    (6, "120个", "120", "个", "exact", "bijie", "2021", "context", "featured-towns-in-progress"),
    (7, "828万亩", "828", "万亩", "exact", "bijie", "2017/2021", "result", "afforestation-area"),
    (7, "2645平方公里", "2645", "平方公里", "exact", "bijie", "2017/2021", "result", "soil-erosion-treated"),
    (7, "60%", "60", "%", "exact", "bijie", "2021", "result", "forest-cover"),
    (8, "38.87万人", "38.87", "万人", "exact", "bijie", "2017/2021", "result", "urban-new-jobs"),
    (10, "2400亿元", "2400", "亿元", "exact", "bijie", "2026", "goal", "industrial-output"),
    (10, "58%左右", "58", "%", "about", "bijie", "2026", "goal", "urbanisation-rate"),
    (10, "130平方公里", "130", "平方公里", "exact", "bijie", "2026", "goal", "built-up-area"),
    (10, "130万", "130", "万人", "exact", "bijie", "2026", "goal", "central-city-population"),
    (10, "6%以上", "6", "%", "at_least", "bijie", "2022/2026", "goal", "value-added-agriculture-growth"),
    (11, "33万人以上", "33", "万人", "at_least", "bijie", "2022/2026", "goal", "urban-new-jobs"),
    (12, "60%以上", "60", "%", "at_least", "bijie", "2026", "goal", "forest-cover"),
    (13, "1000家以上", "1000", "家", "at_least", "bijie", "2022/2026", "goal", "strong-firms-attracted"),
    (13, "9%左右", "9", "%", "about", "bijie", "2022/2026", "goal", "funds-in-place-growth"),
]
QINGZHEN: list[Expected] = [
    # three totals of 500, one of them GDP, two of them output
    (4, "地区生产总值突破500亿元", "500", "亿元", "at_least", "qingzhen", "2026", "goal", "gdp"),
    (4, "清镇经开区总产值突破500亿元", "500", "亿元", "at_least", "qingzhen", "2026", "goal", "park-gross-output"),
    (4, "物流园总产值突破500亿元", "500", "亿元", "at_least", "qingzhen", "2026", "goal", "park-gross-output"),
    (10, "65平方公里左右", "65", "平方公里", "about", "qingzhen", "2026", "goal", "built-up-area"),
    (10, "超75万人", "75", "万人", "at_least", "qingzhen", "2026", "goal", "resident-population"),
    (10, "超15万人", "15", "万人", "at_least", "qingzhen", "2026", "goal", "talent-total"),
    (11, "100家以上", "100", "家", "at_least", "qingzhen", "2022/2026", "goal", "high-end-manufacturers-brought-in"),
    (15, "2亿元", "2", "亿元", "exact", "qingzhen", "2026", "goal", "rural-revitalisation-fund"),
    (15, "2000万元", "2000", "万元", "exact", "qingzhen", "2026", "goal", "farm-guarantee-risk-pool"),
    (40, "千亿级", "1000", "亿元", "about", "qingzhen", "2031", "goal", "modern-services-cluster-size"),
    (41, "3个", "3", "个", "exact", "qingzhen", "2031", "goal", "urban-commercial-districts"),
]
READ = {
    "guiyang-report-2024": GUIYANG,
    "wudang-action-plan": WUDANG,
    "guiyang-publicity": PUBLICITY,
    "bijie-five-years": BIJIE,
    "qingzhen-five-years": QINGZHEN,
}
CASES = [(source, *expected) for source, read in READ.items() for expected in read]


def lines(name: str) -> list[dict[str, str]]:
    """Read a table without pandas."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


OBSERVATIONS = lines("observations")
COLUMNS = ("source", "paragraph", "printed", "value", "unit", "bound", "place", "period", "kind", "indicator")
SAID = Counter(tuple(row[column] for column in COLUMNS) for row in OBSERVATIONS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}-{case[9]}")
def test_the_tables_say_what_was_read(case: tuple[str, int, str, str, str, str, str, str, str, str]) -> None:
    source, paragraph, *rest = case
    expected = (source, str(paragraph), *rest)
    near = [row for row in SAID if row[:2] == expected[:2] and row[9] == expected[9]]
    assert SAID[expected] == 1, f"the table has {near}"


def test_enough_was_read_in_every_document() -> None:
    assert len(CASES) == len(set(CASES)) > 170
    assert all(len(read) > 10 for read in READ.values())
