import CommandLineTool
import Glibc
import Stages

exit(CommandLineTool.main(CommandLine.arguments, registry: .standard))
