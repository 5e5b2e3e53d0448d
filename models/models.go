// Package models holds the nouns of Sarnakh: plain data, the shapes they must have, small pure rules
// about them, and the four kinds of error. It imports nothing of ours and does no I/O.
package models
