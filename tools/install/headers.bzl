"""The include/ folder of an installation."""

def _installed_headers(ctx):
    out = ctx.actions.declare_directory(ctx.label.name)
    headers = [
        h
        for h in ctx.attr.library[CcInfo].compilation_context.headers.to_list()
        if h.owner.workspace_name == ""
    ]
    arguments = ctx.actions.args()
    arguments.add("--out", out.path)
    arguments.add("--folder", ctx.attr.folder)
    arguments.add_all(headers)
    ctx.actions.run_shell(
        outputs = [out],
        inputs = headers + [ctx.file._script],
        command = 'python3 "$@"',
        arguments = [ctx.file._script.path, arguments],
        mnemonic = "InstalledHeaders",
    )
    return [DefaultInfo(files = depset([out]), runfiles = ctx.runfiles([out]))]

installed_headers = rule(
    implementation = _installed_headers,
    doc = "A folder `name` of the public headers of `library`, and its others that they include.",
    attrs = {
        "library": attr.label(providers = [CcInfo], mandatory = True),
        "folder": attr.string(doc = "where public headers lie by the paths that they are included by; others go below weft"),
        "_script": attr.label(default = "headers.py", allow_single_file = True),
    },
)
