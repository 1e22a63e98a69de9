# acceptance.gp draws acceptance.svg, acceptance.pdf and acceptance.png from acceptance.dat.
# Restyle below, then run in this directory: gnuplot acceptance.gp

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
set xlabel "effective model"
set xrange [-0.6:3.6]
set xtics norotate scale 0 ("invariant\nnetwork" 0, "network +\nattention" 1, "window 0 +\nnetwork" 2, "window 1" 3)
set xlabel offset 0, -1
set bmargin 4.5
set ylabel "acceptance"
set yrange [0.5:1.0]
set ytics 0.1
set mytics 2
set arrow 1 from graph 0, first 0.67 to graph 1, first 0.67 nohead back linecolor rgb color_reference linewidth line_width dashtype (8,5)
set arrow 2 from graph 0, first 0.95 to graph 1, first 0.95 nohead back linecolor rgb color_reference linewidth line_width dashtype (2,3)
low(y, e) = y - e

set key bottom right Left reverse samplen 2.2 spacing 1.15 width 1

# Files
set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \
  background rgb "white"
point_size = svg_point_size
set key width -4
set output "acceptance.svg"

data = "acceptance.dat"
plot \
  data index 0 using 1:3:(low($3, $4)):($3 + $4) with yerrorbars linecolor rgb color_0 pointsize 0 linewidth 0.75*line_width notitle, \
  data index 0 using 1:($5 == 1 ? $3 : NaN) with points linecolor rgb color_0 pointtype 7 pointsize point_size notitle, \
  keyentry with lines linecolor rgb color_reference linewidth line_width dashtype (8,5) title "linear, all shells", \
  keyentry with lines linecolor rgb color_reference linewidth line_width dashtype (2,3) title "aim"

point_size = other_point_size
set key width 1
set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \
  font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
set output "acceptance.pdf"
replot
set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \
  fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
set output "acceptance.png"
replot
set output
