package public

import (
	"bytes"
	"strings"
	"testing"

	"sarnakh/markdown"
)

// What was written stands on the page letter by letter: no space slips in between a bold word and its full stop, and
// nothing of it is HTML.
func TestProse(t *testing.T) {
	secure := func(address string) bool { return strings.HasPrefix(address, "https://") }
	for _, c := range []struct{ text, want string }{
		{"a **b**.", "<p>a <strong>b</strong>.</p>"},
		{"«**ب**»", "<p>«<strong>ب</strong>»</p>"},
		{"(*a*[b](https://x.example)`c`)", `<p>(<em>a</em><a href="https://x.example">b</a><code>c</code>)</p>`},
		{"a\nb", "<p>a<br>b</p>"},
		{"# a\n\n- b\n- c **d**\n\n2. e\n", "<h3>a</h3><ul><li>b</li><li>c <strong>d</strong></li></ul><ol start=\"2\"><li>e</li></ol>"},
		{"> a\n\n---", "<blockquote><p>a</p></blockquote><hr>"},
		{"<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"},
		{"[x](javascript:y)", "<p>x</p>"},
	} {
		var b bytes.Buffer
		if err := proseBlocks(markdown.Read(c.text, secure), true).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if b.String() != c.want {
			t.Errorf("%q: %s\nwant %s", c.text, b.String(), c.want)
		}
	}
}
