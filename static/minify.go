package static

// minify takes comments and needless white space out of a stylesheet. It knows three things about CSS, enough
// for our own files: strings and comments are whole; space around { } ; , and after : means nothing; any other
// run of space is worth one (it is a combinator, or parts two values). What stands before a colon is kept,
// since "a :hover" is not "a:hover".
func minify(css []byte) []byte {
	out := make([]byte, 0, len(css))
	space := false
	for i := 0; i < len(css); {
		n := tokenLen(css[i:])
		token := css[i : i+n]
		i += n
		switch {
		case isSpace(token[0]) || isComment(token):
			space = true
			continue
		case space && !joins(last(out)) && !parts(token[0]):
			out = append(out, ' ')
		}
		space = false
		if token[0] == '}' && last(out) == ';' {
			out = out[:len(out)-1]
		}
		out = append(out, token...)
	}
	return out
}

// tokenLen is the length of the string or comment that starts here, or 1.
func tokenLen(css []byte) int {
	switch {
	case css[0] == '"' || css[0] == '\'':
		for i := 1; i < len(css); i++ {
			if css[i] == css[0] && css[i-1] != '\\' {
				return i + 1
			}
		}
		return len(css)
	case isComment(css):
		for i := 2; i+1 < len(css); i++ {
			if css[i] == '*' && css[i+1] == '/' {
				return i + 2
			}
		}
		return len(css)
	}
	return 1
}

func isComment(css []byte) bool { return len(css) > 1 && css[0] == '/' && css[1] == '*' }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// joins: space after this character means nothing. The start of the file is 0.
func joins(c byte) bool { return c == 0 || c == ':' || parts(c) }

// parts: space before this character means nothing.
func parts(c byte) bool { return c == '{' || c == '}' || c == ';' || c == ',' }

func last(b []byte) byte {
	if len(b) == 0 {
		return 0
	}
	return b[len(b)-1]
}
