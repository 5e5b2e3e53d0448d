package pictures

import (
	"image"
	stddraw "image/draw"
	"math"

	"golang.org/x/image/draw"
)

// scaled is a picture in another size, through the Catmull-Rom kernel of x/image/draw. That package's own scaler holds
// 32 bytes for each pixel of (new width × old height), a quarter of a gigabyte for a telephone's photograph; here only
// the rows under the kernel are held.
func scaled(from image.Image, w, h int) *image.RGBA {
	size := from.Bounds().Size()
	if same, ok := from.(*image.RGBA); ok && size.X == w && size.Y == h {
		return same
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	s := rows{from: from, across: weightsFor(size.X, w), raw: image.NewRGBA(image.Rect(0, 0, size.X, 1)), kept: map[int][]float32{}}
	sum := make([]float32, 4*w)
	for y, down := range weightsFor(size.Y, h) {
		s.forget(down.first)
		clear(sum)
		for i, weight := range down.weights {
			for x, v := range s.row(down.first + i) {
				sum[x] += v * weight
			}
		}
		write(to.Pix[y*to.Stride:], sum)
	}
	return to
}

// write rounds a row. Colours are premultiplied, so that no part may exceed the alpha.
func write(pix []byte, sum []float32) {
	for x := 0; x < len(sum); x += 4 {
		alpha := min(max(sum[x+3], 0), 255)
		for c := range 3 {
			pix[x+c] = byte(min(max(sum[x+c], 0), alpha) + .5)
		}
		pix[x+3] = byte(alpha + .5)
	}
}

// rows are the rows of a picture, scaled across, as far as they are still needed.
type rows struct {
	from   image.Image
	across []taps
	raw    *image.RGBA
	kept   map[int][]float32
	free   [][]float32
}

func (s *rows) forget(before int) {
	for y, row := range s.kept {
		if y < before {
			s.free = append(s.free, row)
			delete(s.kept, y)
		}
	}
}

func (s *rows) row(y int) []float32 {
	if row, ok := s.kept[y]; ok {
		return row
	}
	min := s.from.Bounds().Min
	stddraw.Draw(s.raw, s.raw.Rect, s.from, image.Pt(min.X, min.Y+y), stddraw.Src)
	var row []float32
	if n := len(s.free); n > 0 {
		row, s.free = s.free[n-1], s.free[:n-1]
	} else {
		row = make([]float32, 4*len(s.across))
	}
	for x, t := range s.across {
		var r, g, b, a float32
		pix := s.raw.Pix[4*t.first:]
		for i, weight := range t.weights {
			p := pix[4*i : 4*i+4 : 4*i+4]
			r, g, b, a = r+float32(p[0])*weight, g+float32(p[1])*weight, b+float32(p[2])*weight, a+float32(p[3])*weight
		}
		row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = r, g, b, a
	}
	s.kept[y] = row
	return row
}

// taps are the old pixels that a new one is made of, from the first on.
type taps struct {
	first   int
	weights []float32
}

// weightsFor widens the kernel where the picture gets smaller, so that every old pixel counts.
func weightsFor(from, to int) []taps {
	scale := float64(from) / float64(to)
	wide := max(scale, 1)
	reach := draw.CatmullRom.Support * wide
	out := make([]taps, to)
	for i := range out {
		centre := (float64(i) + .5) * scale
		first, last := max(0, int(math.Floor(centre-reach))), min(from-1, int(math.Ceil(centre+reach)))
		weights, sum := make([]float32, last-first+1), float32(0)
		for j := range weights {
			distance := math.Abs((float64(first+j) + .5 - centre) / wide)
			if distance < draw.CatmullRom.Support {
				weights[j] = float32(draw.CatmullRom.At(distance))
			}
			sum += weights[j]
		}
		for j := range weights {
			weights[j] /= sum
		}
		out[i] = taps{first, weights}
	}
	return out
}
