"""Tests that run once in each tier, compiled once."""

# On a GPU that is emulated: tensors that the program makes live there, graphs run in the reference tier.
_ENVIRONMENTS = {
    "emulated": {
        "WEFT_CUDA": "emulate",
        "WEFT_DEVICE": "cuda",
        "WEFT_TIER": "reference",
    },
}

def _in_tier_impl(ctx):
    program = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.symlink(output = program, target_file = ctx.executable.program, is_executable = True)
    return [
        DefaultInfo(
            executable = program,
            runfiles = ctx.runfiles(files = ctx.files.data).merge(ctx.attr.program[DefaultInfo].default_runfiles),
        ),
        testing.TestEnvironment(_ENVIRONMENTS.get(ctx.attr.tier, {"WEFT_TIER": ctx.attr.tier})),
    ]

_in_tier_test = rule(
    implementation = _in_tier_impl,
    attrs = {
        "data": attr.label_list(allow_files = True),
        "program": attr.label(executable = True, cfg = "target", mandatory = True),
        "tier": attr.string(mandatory = True),
    },
    test = True,
)

def tiered_test(name, srcs, deps, data = [], size = "medium", tiers = ["compile", "reference"], tags = []):
    """NAME_compile and NAME_reference: one gtest program with WEFT_TIER set to each.

    Args:
      name: of the tests, without the tier.
      srcs: of the program.
      deps: of the program.
      data: files that it reads.
      size: Bazel's.
      tiers: those to run it in; "emulated": on an emulated GPU; then NAME_on_gpu and NAME_data are what a program
        of such tests has and reads (//tests/gpu).
      tags: of the tests.
    """
    native.cc_binary(
        name = name + "_program",
        testonly = True,
        srcs = srcs,
        deps = deps,
    )
    if "emulated" in tiers:
        native.cc_library(
            name = name + "_on_gpu",
            testonly = True,
            srcs = srcs,
            visibility = ["//tests/gpu:__pkg__"],
            deps = deps,
            alwayslink = True,
        )
        native.filegroup(
            name = name + "_data",
            testonly = True,
            srcs = data,
            visibility = ["//tests/gpu:__pkg__"],
        )
    for tier in tiers:
        _in_tier_test(
            name = name + "_" + tier,
            size = size,
            data = data,
            program = name + "_program",
            tags = tags,
            tier = tier,
        )
