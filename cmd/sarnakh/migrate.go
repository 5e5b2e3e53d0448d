package main

import "fmt"

type migrateCmd struct{}

// Run migrates and says what the schema's number is now.
func (migrateCmd) Run(s *session) error {
	settings, err := s.settings()
	if err != nil {
		return err
	}
	log := quiet(s.err)
	st, release, err := openStore(s.ctx, settings, log, true)
	if err != nil {
		return err
	}
	defer release()
	if err := migrateWithCopy(s.ctx, settings, st, log); err != nil {
		return err
	}
	version, err := st.SchemaVersion(s.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "schema version %d\n", version)
	return nil
}
