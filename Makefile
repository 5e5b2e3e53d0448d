export CGO_ENABLED = 0
GO ?= go
PKG = ./...

.PHONY: help run test

help: ## what can be made here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

run: ## start on http://localhost:8080
	$(GO) run ./cmd/sarnakh serve

test: ## everything: both databases, browser, faults
	tools/with-postgres.sh $(GO) test -count=1 $(PKG)
