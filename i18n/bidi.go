package i18n

// LTR wraps a phone number, address or code so that it reads from left to right within Persian text where
// no <bdi> can stand: a mail's subject or its plain-text part. U+2066 and U+2069, as the Unicode
// Bidirectional Algorithm (UAX #9) isolates; FoldText removes them again.
func LTR(s string) string { return "\u2066" + s + "\u2069" }
