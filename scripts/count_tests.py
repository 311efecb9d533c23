"""count_tests.py STATUS EVENTS...: counts test cases in the report files that `bazel test` runs name in their event files.

A target that did not build counts as one failure. Exit code 1 if anything failed, bazel (STATUS: the exit code of the
last run that failed) included.
"""
import json
import sys
import urllib.parse
import xml.etree.ElementTree as xml


def cases(report):
    """(passed, failed) of one test.xml; skipped cases are neither."""
    passed = failed = 0
    for case in xml.parse(report).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is None:
            passed += 1
    return passed, failed


def main(status, files):
    passed = failed = 0
    for line in (line for file in files for line in open(file)):
        event = json.loads(line)
        if "testResult" in event:
            result = event["testResult"]
            reports = [o["uri"] for o in result.get("testActionOutput", []) if o["name"] == "test.xml"]
            p = f = 0
            for uri in reports:
                p, f = cases(urllib.parse.unquote(urllib.parse.urlparse(uri).path))
            passed += p
            failed += f or result["status"] not in ("PASSED", "FLAKY")
        elif "targetCompleted" in event["id"] and not event.get("completed", {}).get("success"):
            failed += 1
            print("not built:", event["id"]["targetCompleted"]["label"])
    no_tests = 4
    if status not in (0, no_tests):
        failed = failed or 1
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
