package ui

import (
	"strconv"
	"strings"
)

// number is what a chart can draw: a count, or a share.
type number interface{ ~int | ~int64 | ~float64 }

// point is a place in a drawing, y downwards as SVG counts.
type point struct{ x, y float64 }

// coord writes a length with as many decimals as a screen can show in a box of 100.
func coord(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

// trace spreads values over a width from left to right and over a height upwards: zero is at bottom, top at 0.
// A single value is a level line.
func trace[N number](values []N, top, width, height float64) []point {
	if len(values) == 1 {
		values = []N{values[0], values[0]}
	}
	points := make([]point, len(values))
	for i, v := range values {
		points[i] = point{width * float64(i) / float64(len(values)-1), height}
		if top > 0 {
			points[i].y = height * (1 - min(max(float64(v)/top, 0), 1))
		}
	}
	return points
}

// line is the path through points.
func line(points []point) string {
	var b strings.Builder
	for i, p := range points {
		b.WriteByte("M "[min(i, 1)])
		b.WriteString(coord(p.x) + " " + coord(p.y))
	}
	return b.String()
}

// under is the area between points and the bottom of a box.
func under(points []point, height float64) string {
	if len(points) == 0 {
		return ""
	}
	floor := coord(height)
	return "M" + coord(points[0].x) + " " + floor + "L" + line(points)[1:] + "L" + coord(points[len(points)-1].x) + " " + floor + "Z"
}

// highest is the largest of values, at least 0.
func highest[N number](values []N) (top float64) {
	for _, v := range values {
		top = max(top, float64(v))
	}
	return top
}
