// main() of weft-opt and weft-run, which are functions of the library so that an installation holds
// the compiler once.
extern "C" int TOOL(int argc, char** argv);

int main(int argc, char** argv) { return TOOL(argc, argv); }
