export CGO_ENABLED = 0
GO ?= go
PKG = ./...

.PHONY: help run dev test check faults bench shots seed generate

help: ## what can be made here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

run: ## start on http://localhost:8080
	$(GO) run ./cmd/sarnakh serve

dev: ## start, and again at each change of the sources
	$(GO) run ./tools/dev

test: ## everything: both databases, browser, faults
	$(GO) vet $(PKG)
	@for b in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$b >/dev/null && exit; done; \
	  echo "test: no Chromium found; leaving out what needs a browser" >&2
	tools/with-postgres.sh $(GO) test -count=1 -timeout 30m $(PKG)

check: ## what takes longer: data races where goroutines share rows (needs a C compiler)
	$(GO) vet $(PKG)
	CGO_ENABLED=1 tools/with-postgres.sh $(GO) test -race -count=1 ./store/... ./queue/... ./leads/... ./mailer/...

faults: ## the fault tests in their long form: docs/what-survives-a-crash.md
	SARNAKH_FAULT_ROUNDS=200 SARNAKH_FAULT_MAILS=20000 SARNAKH_FAULT_PAUSE_MS=2000 SARNAKH_FAULT_LEAVERS=5000 \
	  SARNAKH_FAULT_CUTS=60 SARNAKH_FAULT_MIGRATIONS=100 tools/with-postgres.sh $(GO) test -count=1 -timeout 120m -v ./e2e/faults
	tools/with-postgres.sh $(GO) test -count=10 -timeout 60m -run Histories ./leads

bench: ## how fast it is on this machine: docs/performance.md
	FSYNC=on tools/with-postgres.sh $(GO) run ./bench

shots: ## a picture of every page and state, in shots/
	$(GO) run ./tools/shots

seed: ## 2,000 made-up leads in an empty database
	$(GO) run ./cmd/sarnakh seed --leads 2000

generate: ## what is made from other files: templates, documents, licences
	$(GO) tool templ generate
	$(GO) run ./tools/thirdparty
	$(GO) test . -run Documented -update
