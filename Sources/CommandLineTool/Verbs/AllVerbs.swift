/// All verbs, in the order of `slmc help`.
let verbs: [any Verb.Type] = [
  PlanVerb.self, RunVerb.self, SubmitVerb.self, CancelVerb.self, ShowVerb.self,
  CompareSamplersVerb.self, FiguresVerb.self, ReportVerb.self,
  EvaluateVerb.self, AutocorrelationVerb.self,
  StatusVerb.self, WatchVerb.self, ListVerb.self, TraceVerb.self, DiffVerb.self,
  CheckVerb.self, VerifyVerb.self, PinVerb.self, UnpinVerb.self, PinsVerb.self, CollectVerb.self,
  ExportVerb.self, ImportVerb.self,
  InitVerb.self, ExplainVerb.self, DoctorVerb.self, CompletionsVerb.self, ManualVerb.self,
  HelpVerb.self, WorkVerb.self, JoinVerb.self,
]
