"""Copies public headers, and what they include, to an include folder: for headers.bzl.

What lies in FOLDER, where public headers have the paths that programs include them by, keeps these:
FOLDER/torch/torch.h goes to torch/torch.h. Others go below weft/, frontend/tensor/tensor.h to weft/tensor/tensor.h, and
the lines that include them change to say so.
"""
import argparse
import os
import re

INCLUDE = re.compile(r'^(\s*#\s*include\s*)(["<])([^">]+)[">]', re.MULTILINE)


def source_path(path):
    """The path from the top of the workspace: without bazel-out/CONFIG/bin of generated files."""
    return re.sub(r"^bazel-out/[^/]+/bin/", "", path)


def installed_path(source, folder):
    if source.startswith(folder + "/"):
        return source[len(folder) + 1:]
    return "weft/" + source.removeprefix("frontend/")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("headers", nargs="*", help="all headers that there are")
    args = parser.parse_args()

    sources = {source_path(h): h for h in args.headers if "/_virtual_includes/" not in h}
    spellings = {s: s for s in sources} | {installed_path(s, args.folder): s for s in sources}
    todo = [s for s in sources if s.startswith(args.folder + "/")]
    done = set()
    while todo:
        source = todo.pop()
        if source in done:
            continue
        done.add(source)

        def installed_include(match):
            target = spellings.get(match[3])
            if not target:
                if match[2] == '"':
                    raise SystemExit(f'{source}: includes "{match[3]}", which no library below the frontend declares')
                return match[0]
            todo.append(target)
            close = '"' if match[2] == '"' else ">"
            return match[1] + match[2] + installed_path(target, args.folder) + close

        text = INCLUDE.sub(installed_include, open(sources[source]).read())
        path = os.path.join(args.out, installed_path(source, args.folder))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as f:
            f.write(text)


if __name__ == "__main__":
    main()
