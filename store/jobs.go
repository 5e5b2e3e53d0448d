package store

import (
	"context"
	"fmt"
	"strconv"
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

// A JobRound is one transaction of a queue: how the jobs that it has worked on ended, and how many it wants
// next.
type JobRound struct {
	Owner string
	Ends  []JobEnd
	Kinds []string // that it has handlers for
	Limit int
	Lease time.Duration
}

// A JobEnd is how an attempt at a job ended. With nothing set the work is done; NextAt is when a periodic
// job is due again; RetryAt is when a failed one is tried again; GiveUp ends a failed one for good, with
// its error kept.
type JobEnd struct {
	Job             models.Job // as it was claimed
	NextAt, RetryAt models.Instant
	GiveUp          bool
	Refund          bool // the attempt does not count, as when the program stops
	Error           string
}

// JobRound records the ends and leases up to Limit due jobs. A job whose lease ran out is due like any
// other; whoever lost it so has no word in how it ends. The attempt counts from the claim, so that a job
// that kills its process is given up too.
func (s *Store) JobRound(ctx context.Context, r JobRound) (claimed []models.Job, err error) {
	if len(r.Ends) == 0 { // mostly there is nothing to do, and that costs no transaction
		if due, err := s.jobsDue(ctx, r); err != nil || !due {
			return nil, err
		}
	}
	err = s.do(ctx, func(tx *gorm.DB) error {
		claimed = nil
		if err := s.endJobs(tx, r); err != nil {
			return fmt.Errorf("end jobs: %w", err)
		}
		if r.Limit == 0 || len(r.Kinds) == 0 {
			return nil
		}
		now, skip := s.Now(), ""
		if s.engine == postgresEngine {
			skip = " FOR UPDATE SKIP LOCKED"
		}
		return tx.Raw(`UPDATE jobs SET attempts = attempts + 1, lease_owner = ?, leased_until = ? WHERE id IN
			(SELECT id FROM jobs WHERE `+jobDue+` ORDER BY due_at, id LIMIT `+strconv.Itoa(r.Limit)+skip+`) RETURNING *`,
			r.Owner, now.Add(r.Lease), now, now, r.Kinds).Scan(&claimed).Error
	})
	return claimed, err
}

const jobDue = "failed_at = 0 AND due_at <= ? AND leased_until < ? AND kind IN ?"

func (s *Store) jobsDue(ctx context.Context, r JobRound) (bool, error) {
	if r.Limit == 0 || len(r.Kinds) == 0 {
		return false, nil
	}
	var one []models.ID
	err := s.q(ctx).Raw("SELECT id FROM jobs WHERE "+jobDue+" LIMIT 1", s.Now(), s.Now(), r.Kinds).Scan(&one).Error
	return len(one) > 0, translate(err)
}

// endJobs removes what is done in one statement, and changes the rest one by one.
func (s *Store) endJobs(tx *gorm.DB, r JobRound) error {
	var done []models.Job
	for _, e := range r.Ends {
		set := map[string]any{"lease_owner": "", "leased_until": 0, "last_error": shorten(e.Error)}
		switch {
		case e.RetryAt != 0:
			set["due_at"] = e.RetryAt
			if e.Refund {
				set["attempts"] = e.Job.Attempts - 1
			}
		case e.GiveUp:
			set["failed_at"] = s.Now()
		case e.NextAt != 0:
			set["due_at"], set["attempts"] = e.NextAt, 0
		default:
			done = append(done, e.Job)
			continue
		}
		err := tx.Model(&models.Job{}).Where("id = ? AND lease_owner = ? AND attempts = ?", e.Job.ID, r.Owner, e.Job.Attempts).
			Updates(set).Error
		if err != nil {
			return err
		}
	}
	return s.finish(tx, r.Owner, done)
}

// finish removes jobs. One that was asked for again since it was claimed stays, and is due once more.
func (s *Store) finish(tx *gorm.DB, owner string, done []models.Job) error {
	if len(done) == 0 {
		return nil
	}
	rows, args := make([]string, len(done)), make([]any, 0, 3*len(done)+1)
	args = append(args, owner)
	for i, j := range done {
		rows[i] = "(CAST(? AS BIGINT),CAST(? AS BIGINT),CAST(? AS BIGINT))"
		args = append(args, j.ID, j.Attempts, j.CreatedAt)
	}
	deleted := tx.Exec("DELETE FROM jobs WHERE lease_owner = ? AND (id, attempts, created_at) IN (VALUES "+strings.Join(rows, ",")+")", args...)
	if deleted.Error != nil || int(deleted.RowsAffected) == len(done) {
		return deleted.Error
	}
	for _, j := range done {
		err := tx.Model(&models.Job{}).Where("id = ? AND lease_owner = ? AND attempts = ?", j.ID, owner, j.Attempts).
			Updates(map[string]any{"lease_owner": "", "leased_until": 0, "attempts": 0, "last_error": "", "due_at": s.Now()}).Error
		if err != nil {
			return err
		}
	}
	return nil
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

// Trouble is work that does not succeed: how much is tried again, how much was given up, and what went wrong last.
type Trouble struct {
	Waiting, GivenUp int
	LastError        string
	LastAt           models.Instant // when that was owed
}

// troubleSeen is how long work that was given up is spoken of.
const troubleSeen = 7 * 24 * time.Hour

// JobTrouble looks at the work of a kind whose idents begin alike. What was given up long ago is left out.
func (s *Store) JobTrouble(ctx context.Context, kind, identPrefix string) (t Trouble, err error) {
	var jobs []models.Job
	err = s.q(ctx).Where("kind = ? AND ident LIKE ? AND last_error <> '' AND (failed_at = 0 OR failed_at > ?)", kind, identPrefix+"%",
		s.Now().Add(-troubleSeen)).Order("id DESC").Limit(1000).Find(&jobs).Error
	if err != nil {
		return t, fmt.Errorf("read troubled jobs: %w", translate(err))
	}
	for i, j := range jobs {
		if i == 0 {
			t.LastError, t.LastAt = j.LastError, j.CreatedAt
		}
		if j.FailedAt != 0 {
			t.GivenUp++
		} else {
			t.Waiting++
		}
	}
	return t, nil
}
