# Lengths of files and functions against the budgets of CONTRIBUTING.md.
#   awk -f budgets.awk FILES   ends with 1 and one line per excess
function finish_file() {
  if (path == "") return
  files[++file_count] = last
  if (last > 400) complain(path ": " last " lines; no file above 400")
}
function complain(text) { print "lint: " text; failed = 1 }
FNR == 1 { finish_file(); path = FILENAME; opened = 0 }
{ last = FNR }
!opened && /^ *(@[A-Za-z()_ ]+ )*((public|package|internal|private|fileprivate|static|mutating|consuming|borrowing|override) )*(func |init[?(<])/ {
  match($0, /^ */); indent = RLENGTH; first = FNR; opened = 1
  if ($0 ~ /\}$/) opened = 0
}
# A function ends at the first line that holds only its closing brace, at its own indentation.
opened && FNR > first && /^ *\}$/ {
  match($0, /^ */)
  if (RLENGTH == indent) {
    opened = 0
    function_count++
    if (FNR - first + 1 > 35) long_functions++
  }
}
END {
  finish_file()
  for (i = 2; i <= file_count; i++) {
    value = files[i]
    for (j = i - 1; j >= 1 && files[j] > value; j--) files[j + 1] = files[j]
    files[j + 1] = value
  }
  median = files[int((file_count + 1) / 2)]
  printf "lint: %d files, median %d lines; %d functions, %d above 35 lines\n",
    file_count, median, function_count, long_functions
  if (median > 120) complain("the median file has " median " lines; 120 at most")
  if (long_functions * 10 > function_count) complain("more than a tenth of the functions exceed 35 lines")
  exit failed
}
