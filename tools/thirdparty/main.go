// Command thirdparty writes THIRD_PARTY.md: the work of others that the program, its tests and its tools
// contain, with their licences. Run it from the root of the repository: go run ./tools/thirdparty
package main

import (
	"log"
	"os"
)

const document = "THIRD_PARTY.md"

func main() {
	log.SetFlags(0)
	text, err := write(".")
	if err != nil {
		log.Fatal("thirdparty: ", err)
	}
	if err := os.WriteFile(document, text, 0o644); err != nil {
		log.Fatal("thirdparty: ", err)
	}
}
