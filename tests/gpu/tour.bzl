"""The tour's programs as functions of one library: each within a namespace of its own."""

_HEADERS = ["cmath", "iostream", "memory", "vector", "torch/torch.h"]

def tour(name, programs):
    """A library with tour_main(argc, argv), whose argument is the number of a program.

    Args:
      name: of the library.
      programs: names of the sources, which begin with their numbers.
    """
    lines = ["#include <%s>" % h for h in _HEADERS + ["cstdlib"]]
    for p in programs:
        lines += ["namespace tour_%s {" % p, "#include \"examples/tour/%s.cpp\"" % p, "}"]
    lines += ["int tour_main(int argc, char** argv) {", "  switch (argc > 1 ? std::atoi(argv[1]) : 0) {"]
    lines += ["    case %d: tour_%s::main(); return 0;" % (int(p[:2].lstrip("0")), p) for p in programs]
    lines += ["  }", "  return 2;", "}"]
    native.genrule(
        name = name + "_source",
        outs = [name + ".cpp"],
        cmd = "cat > $@ <<'END'\n%s\nEND" % "\n".join(lines),
    )
    native.cc_library(
        name = name,
        srcs = [name + ".cpp"],
        # their main() ends without a value
        copts = ["-fno-strict-return", "-Wno-return-type", "-Wno-main"],
        textual_hdrs = ["//examples/tour:sources"],
        deps = ["//frontend/torch"],
    )
