import CommandLineTool
import Glibc
import Theories

exit(CommandLineTool.main(CommandLine.arguments, theories: .standard))
