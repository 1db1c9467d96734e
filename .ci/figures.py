"""Prints, for each module, how many tests ran and how much of its lines they covered, from what the build left behind."""

import csv
import glob
import xml.etree.ElementTree as ElementTree

for module in ("sidecar-image", "operator"):
    suites = [ElementTree.parse(file).getroot() for file in glob.glob(f"{module}/target/surefire-reports/TEST-*.xml")]
    tests, skipped = (sum(int(suite.get(key, "0")) for suite in suites) for key in ("tests", "skipped"))
    line = f"{module}: {tests} tests, {skipped} skipped"
    for report in glob.glob(f"{module}/target/site/jacoco/jacoco.csv"):
        with open(report) as rows:
            missed, covered = map(sum, zip(*((int(row["LINE_MISSED"]), int(row["LINE_COVERED"])) for row in csv.DictReader(rows))))
        line += f", {100 * covered / (covered + missed):.1f} % of {covered + missed} lines covered"
    print(line)
