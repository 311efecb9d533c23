"""lit tests under Bazel."""

def lit_test(name, srcs, tools = ["//tools:weft-opt"], data = [], size = "medium", **kwargs):
    """One Bazel test that runs lit over `srcs`; each file is one case in the report.

    RUN lines find the tools by their names, and FileCheck, not, count, mlir-opt, ...; %s is the file, %t a scratch name,
    %S the folder of the file.

    Args:
      name: of the test.
      srcs: glob(["*.mlir"]); a folder's files in one test start Bazel's machinery once.
      tools: executables put on the PATH.
      data: other files that RUN lines read, by their path from %S.
      size: Bazel's.
      **kwargs: passed on to sh_test.
    """
    native.sh_test(
        name = name,
        size = size,
        srcs = ["//third_party/lit:run_lit.sh"],
        args = ["--tool=$(rootpath %s)" % t for t in tools] + ["$(rootpath %s)" % s for s in srcs],
        data = srcs + tools + data + ["//third_party/lit:lit.cfg.py"],
        **kwargs
    )
