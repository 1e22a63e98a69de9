# support.gp draws support.svg, support.pdf and support.png from support.dat.
# Restyle below, then run in this directory: gnuplot support.gp

# Style
font_name = "CMU Serif"
line_width = 1.6
# The SVG terminal draws the same markers larger.
svg_point_size = 0.55
other_point_size = 0.95
# The legend beside the plot has its own room.
canvas_width = 1.0
color_0 = "#0072B2"
color_fit = "#404040"
color_reference = "#808080"
set encoding utf8
set minussign
set border linewidth 0.9
set xtics in mirror scale 0.8, 0.45
set ytics in mirror scale 0.8, 0.45
set errorbars 0.6
# Otherwise the SVG terminal leaves a white disk around the middle of error bars.
set pointintervalbox 0.001
set samples 400
set datafile missing "nan"

# Axes
set xlabel "{/:Italic m}^{2}"
set xrange [-1.606:-0.994]
set xtics 0.2
set mxtics 2
set ylabel "independent samples"
set yrange [7057.303305506644:30133.155074383445]
set logscale y
set ytics ("8000" 8000.0, "10000" 10000.0, "15000" 15000.0, "20000" 20000.0, "30000" 30000.0)
set ytics add ("" 9000 1)
low(y, e) = (y > e ? y - e : 7.057303305506645)

unset key

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set output "support.svg"

data = "support.dat"
plot \
  data index 0 using 1:3 with lines linecolor rgb color_0 linewidth line_width notitle

point_size = other_point_size
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "support.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "support.png"
replot
set output
