# magnetisation.gp draws magnetisation.svg, magnetisation.pdf and magnetisation.png from magnetisation.dat.
# Restyle below, then run in this directory: gnuplot magnetisation.gp

# Style
font_name = "CMU Serif"
line_width = 1.6
# The SVG terminal draws the same markers larger.
svg_point_size = 0.55
other_point_size = 0.95
# The legend beside the plot has its own room.
canvas_width = 1.0
color_0 = "#0072B2"
color_1 = "#D55E00"
color_2 = "#009E73"
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
set ylabel "⟨|{/:Italic M}|⟩"
set yrange [0.12836379972527542:1.0355679525834027]
set ytics 0.2
set mytics 2
low(y, e) = y - e

set key top right Left reverse samplen 2.2 spacing 1.15 width 1

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set key width -3
set output "magnetisation.svg"

data = "magnetisation.dat"
plot \
  data index 0 using 1:(low($3, $4)):($3 + $4) with filledcurves linecolor rgb color_0 fillstyle transparent solid 0.2 noborder notitle, \
  data index 0 using 1:3 with lines linecolor rgb color_0 linewidth line_width notitle, \
  data index 1 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_1 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 1 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_1 pointtype 5 pointsize point_size notitle, \
  data index 2 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_2 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 2 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_2 pointtype 9 pointsize point_size notitle, \
  keyentry with lines linecolor rgb color_0 linewidth line_width title "reweighted", \
  keyentry with points linecolor rgb color_1 pointtype 5 pointsize point_size title "chains used", \
  keyentry with points linecolor rgb color_2 pointtype 9 pointsize point_size title "chains between"

point_size = other_point_size
set key width 1
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "magnetisation.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "magnetisation.png"
replot
set output
