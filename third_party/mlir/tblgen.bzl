"""TableGen: C++ from .td files (mlir-tblgen), and tables for code that holds no MLIR (llvm-tblgen and a script)."""

_INCLUDES = "-I . -I external/llvm/include"

def weft_tablegen(name, td, outs, deps = [], visibility = None):
    """A cc_library `name` of headers made by mlir-tblgen.

    Args:
      name: depend on it to include the files by their path from the top, `#include "ir/tensor/ops.h.inc"`.
      td: the .td file.
      outs: {"-gen-op-decls": "ops.h.inc", "-gen-dialect-decls -dialect=weft": "dialect.h.inc"}.
      deps: filegroups of .td files that `td` includes, by their path from the top ("ir/tensor/base.td"); MLIR's are there.
      visibility: as for any rule.
    """
    for i, (flags, out) in enumerate(outs.items()):
        native.genrule(
            name = "%s_%d" % (name, i),
            srcs = [td, "@llvm//:td"] + deps,
            outs = [out],
            cmd = "$(execpath @llvm//:bin/mlir-tblgen) %s %s $(execpath %s) -o $@" % (flags, _INCLUDES, td),
            tools = ["@llvm//:bin/mlir-tblgen"],
            message = "TableGen",
            visibility = ["//visibility:private"],
        )
    native.cc_library(
        name = name,
        textual_hdrs = outs.values(),
        visibility = visibility,
        deps = ["@llvm//:headers"],
    )

def weft_table(name, td, script, outs, deps = [], visibility = None):
    """A cc_library `name` of headers that `script` writes from the records of a .td file; no MLIR is needed to use them.

    Args:
      name: depend on it to include the files by their path from the top.
      td: the .td file.
      script: a Python script, called once per output as `python3 script KIND RECORDS.json OUTPUT`,
        RECORDS.json being what `llvm-tblgen --dump-json` says of `td`.
      outs: {KIND: file}, for instance {"ids": "op_ids.inc", "formulas": "op_formulas.inc"}.
      deps: filegroups of .td files that `td` includes.
      visibility: as for any rule.
    """
    native.genrule(
        name = name + "_records",
        srcs = [td, "@llvm//:td"] + deps,
        outs = [name + ".json"],
        cmd = "$(execpath @llvm//:bin/llvm-tblgen) --dump-json %s $(execpath %s) -o $@" % (_INCLUDES, td),
        tools = ["@llvm//:bin/llvm-tblgen"],
        message = "TableGen",
        visibility = ["//visibility:private"],
    )
    for kind, out in outs.items():
        native.genrule(
            name = "%s_%s" % (name, kind),
            srcs = [script, name + ".json"],
            outs = [out],
            cmd = "python3 $(execpath %s) %s $(execpath %s.json) $@" % (script, kind, name),
            message = "Table",
            visibility = ["//visibility:private"],
        )
    native.cc_library(
        name = name,
        textual_hdrs = outs.values(),
        visibility = visibility,
    )
