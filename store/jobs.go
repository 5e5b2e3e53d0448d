package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sarnakh/models"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// EnqueueJobs adds work to be done. Where an unfinished job of that kind and ident is there already, the
// two are one: the earlier time and the later payload hold, and if it is being worked on right now it is
// done once more, since the worker may have looked before what is new was written.
func (s *Store) EnqueueJobs(ctx context.Context, jobs ...models.Job) error {
	return s.do(ctx, func(tx *gorm.DB) error { return s.enqueue(tx, jobs) })
}

// enqueue is for the transaction of whatever owes the work.
func (s *Store) enqueue(tx *gorm.DB, jobs []models.Job) error {
	if len(jobs) == 0 {
		return nil
	}
	type key struct{ kind, ident string }
	at := make(map[key]int, len(jobs)) // one statement can't meet a row twice
	rows := make([]models.Job, 0, len(jobs))
	for _, j := range jobs {
		j.ID, j.CreatedAt = s.NewID(), s.Now()
		if j.DueAt == 0 {
			j.DueAt = j.CreatedAt
		}
		if j.Ident == "" {
			j.Ident = j.ID.String()
		}
		if j.Payload == nil {
			j.Payload = []byte{}
		}
		if i, again := at[key{j.Kind, j.Ident}]; again {
			j.DueAt = min(j.DueAt, rows[i].DueAt)
			rows[i] = j
			continue
		}
		at[key{j.Kind, j.Ident}] = len(rows)
		rows = append(rows, j)
	}
	return tx.Clauses(onSameJob(map[string]any{
		"payload": gorm.Expr("excluded.payload"),
		"due_at":  gorm.Expr("CASE WHEN excluded.due_at < jobs.due_at THEN excluded.due_at ELSE jobs.due_at END"),
		// The time of asking tells a worker that it was asked again, so it grows even while the clock stands.
		"created_at": gorm.Expr("CASE WHEN excluded.created_at > jobs.created_at THEN excluded.created_at ELSE jobs.created_at + 1 END"),
	})).Create(&rows).Error
}

func onSameJob(set map[string]any) clause.OnConflict {
	return clause.OnConflict{
		Columns:     []clause.Column{{Name: "kind"}, {Name: "ident"}},
		TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "failed_at = 0"}}},
		DoUpdates:   clause.Assignments(set),
	}
}

// EnsurePeriodic sees that there is one job of a kind that is to be done again and again, the next time at
// due. A job that would only come later is brought forward, as when its period was made shorter.
func (s *Store) EnsurePeriodic(ctx context.Context, kind string, due models.Instant) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		job := models.Job{ID: s.NewID(), Kind: kind, Ident: PeriodicIdent, Payload: []byte{}, DueAt: due, CreatedAt: s.Now()}
		conflict := onSameJob(map[string]any{"due_at": gorm.Expr("excluded.due_at")})
		conflict.Where = clause.Where{Exprs: []clause.Expression{
			clause.Expr{SQL: "jobs.lease_owner = '' AND jobs.attempts = 0 AND jobs.due_at > excluded.due_at"}}}
		return tx.Clauses(conflict).Create(&job).Error
	})
}

// PeriodicIdent is the ident of the one job of a kind that is done again and again.
const PeriodicIdent = "periodic"

// ClaimJobs leases up to limit due jobs of some kinds, and counts the attempt at once: a job that kills
// its worker is given up too. A job whose lease ran out is claimed like any other.
func (s *Store) ClaimJobs(ctx context.Context, owner string, kinds []string, limit int, lease time.Duration) ([]models.Job, error) {
	now := s.Now()
	skip := ""
	if s.engine == postgresEngine {
		skip = " FOR UPDATE SKIP LOCKED"
	}
	const due = "failed_at = 0 AND due_at <= ? AND leased_until < ? AND kind IN ?"
	var waiting []models.ID
	err := s.q(ctx).Raw("SELECT id FROM jobs WHERE "+due+" LIMIT 1", now, now, kinds).Scan(&waiting).Error
	if err != nil || len(waiting) == 0 {
		return nil, translate(err)
	}
	var jobs []models.Job
	err = s.do(ctx, func(tx *gorm.DB) error {
		jobs = nil
		return tx.Raw(`UPDATE jobs SET attempts = attempts + 1, lease_owner = ?, leased_until = ? WHERE id IN
			(SELECT id FROM jobs WHERE `+due+` ORDER BY due_at, id LIMIT ?`+skip+`) RETURNING *`,
			owner, now.Add(lease), now, now, kinds, limit).Scan(&jobs).Error
	})
	return jobs, err
}

// ExtendJobs renews the leases that an owner still holds, and says which of the jobs it holds no more.
func (s *Store) ExtendJobs(ctx context.Context, owner string, ids []models.ID, until models.Instant) (lost []models.ID, err error) {
	var held []models.ID
	err = s.do(ctx, func(tx *gorm.DB) error {
		held = nil
		return tx.Raw("UPDATE jobs SET leased_until = ? WHERE lease_owner = ? AND id IN ? RETURNING id", until, owner, ids).
			Scan(&held).Error
	})
	if err != nil {
		return nil, err
	}
	still := make(map[models.ID]bool, len(held))
	for _, id := range held {
		still[id] = true
	}
	for _, id := range ids {
		if !still[id] {
			lost = append(lost, id)
		}
	}
	return lost, nil
}

// A JobEnd is how an attempt at a job ended. Exactly one of the four is meant: with nothing set the work
// is done; NextAt is when a periodic job is due again; RetryAt is when a failed one is tried again; GiveUp
// ends a failed one for good, with its error kept.
type JobEnd struct {
	NextAt, RetryAt models.Instant
	GiveUp          bool
	Refund          bool // the attempt does not count, as when the program stops
	Error           string
}

// EndJob records how the attempt ended. Where the lease was lost meanwhile it changes nothing.
func (s *Store) EndJob(ctx context.Context, job models.Job, end JobEnd) error {
	return s.do(ctx, func(tx *gorm.DB) error {
		mine := tx.Model(&models.Job{}).Where("id = ? AND lease_owner = ? AND attempts = ?", job.ID, job.LeaseOwner, job.Attempts)
		set := map[string]any{"lease_owner": "", "leased_until": 0, "last_error": shorten(end.Error)}
		switch {
		case end.RetryAt != 0:
			set["due_at"] = end.RetryAt
			if end.Refund {
				set["attempts"] = job.Attempts - 1
			}
		case end.GiveUp:
			set["failed_at"] = s.Now()
		case end.NextAt != 0:
			set["due_at"], set["attempts"] = end.NextAt, 0
		default:
			return s.finish(tx, mine, job)
		}
		return mine.Updates(set).Error
	})
}

// finish removes the job, unless it was asked for again since it was claimed: then it is due once more.
func (s *Store) finish(tx, mine *gorm.DB, job models.Job) error {
	done := tx.Where("id = ? AND lease_owner = ? AND attempts = ? AND created_at = ?",
		job.ID, job.LeaseOwner, job.Attempts, job.CreatedAt).Delete(&models.Job{})
	if done.Error != nil || done.RowsAffected > 0 {
		return done.Error
	}
	return mine.Updates(map[string]any{"lease_owner": "", "leased_until": 0, "attempts": 0, "last_error": "", "due_at": s.Now()}).Error
}

// shorten keeps an error readable in a list.
func shorten(text string) string {
	const most = 500
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

// FailedJobs lists the jobs given up, newest first: those before the one named, or the newest where it is 0.
func (s *Store) FailedJobs(ctx context.Context, before models.ID, limit int) ([]models.Job, error) {
	q := s.q(ctx).Where("failed_at <> 0").Order("id DESC").Limit(limit)
	if before != 0 {
		q = q.Where("id < ?", before)
	}
	var jobs []models.Job
	if err := q.Find(&jobs).Error; err != nil {
		return nil, fmt.Errorf("read failed jobs: %w", translate(err))
	}
	return jobs, nil
}
