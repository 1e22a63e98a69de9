# A file that does nothing but extend one type says whom: `Type+Aspect.swift`.
#   git ls-files 'Sources/*.swift' | xargs awk -f Tools/names.awk
function finish_file(   name) {
  if (path == "" || declares || extended == "" || several) return
  name = path
  sub(/.*\//, "", name)
  if (index(name, extended "+") == 1) return
  print "lint: " path " only extends " extended ": call it " extended "+….swift"
  failed = 1
}
FNR == 1 { finish_file(); path = FILENAME; declares = several = 0; extended = "" }
/^(private|fileprivate) / { next }
/^([a-z]+ )?extension / {
  match($0, /extension [A-Za-z0-9_]+/)
  type = substr($0, RSTART + 10, RLENGTH - 10)
  if (extended != "" && type != extended) several = 1
  extended = type
  next
}
/^(@[A-Za-z]+(\([^)]*\))? )*((public|package|internal|final|indirect) )*(struct|class|enum|protocol|actor|func|let|var|typealias) / { declares = 1 }
END { finish_file(); exit failed }
