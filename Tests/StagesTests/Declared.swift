import Pipeline
import Theories

/// What a stage kind of slmc says of itself.
func declaration(of kind: String) -> StageDeclaration {
  guard let found = StageRegistry.standard[kind] else { preconditionFailure("no kind \(kind)") }
  return found.declaration
}
