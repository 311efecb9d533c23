"""Linking LLVM's archives where development links its shared libraries."""

def _static_llvm(ctx):
    compiled = ctx.attr.dep[CcInfo]
    ours = [i for i in compiled.linking_context.linker_inputs.to_list() if i.owner.workspace_name != "llvm"]
    archives = ctx.attr._archives[CcInfo].linking_context.linker_inputs.to_list()
    return [CcInfo(
        compilation_context = compiled.compilation_context,
        linking_context = cc_common.create_linking_context(linker_inputs = depset(ours + archives)),
    )]

static_llvm = rule(
    implementation = _static_llvm,
    doc = "`dep` with all below it, for binaries that shall hold LLVM and MLIR themselves: for what is installed.",
    attrs = {
        "dep": attr.label(providers = [CcInfo], mandatory = True),
        "_archives": attr.label(default = "@llvm//:archives"),
    },
)
