package main

import "context"

// startedKey remembers that a database has had its first start, so that campaigns which an owner removed
// don't come back.
const startedKey = "started"

// firstCampaigns publishes the starter campaigns at the first start of an empty database, unless it is to
// stay empty.
func (a *app) firstCampaigns(ctx context.Context, empty bool) error {
	started, err := a.store.Setting(ctx, startedKey)
	if err != nil || started != "" {
		return err
	}
	if !empty && len(a.campaigns.Snapshot().Listed) == 0 {
		if err := a.campaigns.PublishStarters(ctx, a.files); err != nil {
			return err
		}
	}
	return a.store.SetSetting(ctx, startedKey, "1", false)
}
