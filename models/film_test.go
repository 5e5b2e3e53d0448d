package models

import "testing"

// Addresses of films, as they are copied from browsers, telephones and "share" buttons; and what is none.
func TestFilmOf(t *testing.T) {
	const tube, nocookie = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0"
	const at, frame = "https://www.aparat.com/v/aB3xYz9", "https://www.aparat.com/video/video/embed/videohash/aB3xYz9/vt/frame?autoplay=true"
	for _, c := range []struct{ address, page, embed string }{
		{"https://www.youtube.com/watch?v=dQw4w9WgXcQ", tube, nocookie},
		{" https://youtu.be/dQw4w9WgXcQ?t=12 ", tube, nocookie},
		{"http://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&list=x", tube, nocookie},
		{"https://www.youtube.com/shorts/dQw4w9WgXcQ", tube, nocookie},
		{"https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", tube, nocookie},
		{"https://www.aparat.com/v/aB3xYz9", at, frame},
		{"https://aparat.com/v/aB3xYz9/a-title?x=1", at, frame},
		{"https://www.aparat.com/video/video/embed/videohash/aB3xYz9/vt/frame", at, frame},
		{"https://www.youtube.com/@channel", "", ""},
		{"https://www.youtube.com/watch?v=<script>", "", ""},
		{"https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", "", ""},
		{"https://vimeo.com/12345", "", ""},
		{"javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ", "", ""},
		{"https://www.aparat.com/", "", ""},
		{"", "", ""},
	} {
		film, ok := FilmOf(c.address)
		if !ok {
			film = Film{}
		}
		if ok != (c.page != "") || film.Page != c.page || film.Embed != c.embed {
			t.Errorf("%q: %+v, %v", c.address, film, ok)
		}
	}
}
