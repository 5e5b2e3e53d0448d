package faults

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
)

const (
	visitors    = 16
	connections = 4 // to the mail server
	readyWithin = 3 * time.Second
)

// I1, I2, I3, I8, I10: the program is killed at random moments under load, again and again. What it has
// answered is there, and nobody is mailed twice but who was being mailed at that moment.
func TestKilledUnderLoad(t *testing.T) {
	for _, x := range []struct {
		engine string
		rounds uint64
	}{{"sqlite", 20}, {"postgres", 10}} {
		t.Run(x.engine, func(t *testing.T) {
			k := newKiller(t, x.engine)
			for range number(t, "SARNAKH_FAULT_ROUNDS", x.rounds) {
				k.round()
			}
			k.drained()
			k.stop()
			kept := compare(k.server, k.crowd.posts(), k.sink, k.kills*connections)
			k.verify()
			k.checkLog()
			k.tell(kept)
		})
	}
}

// number is a number of the environment.
func number(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	v := os.Getenv(name)
	if v == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(v, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// A killer kills a server that a crowd visits.
type killer struct {
	*server
	sink   *sink
	crowd  *crowd
	chance *rand.Rand
	kills  int
	ready  []time.Duration // after each start
}

func newKiller(t *testing.T, engine string) *killer {
	t.Helper()
	seed := number(t, "SARNAKH_FAULT_SEED", rand.Uint64())
	t.Logf("SARNAKH_FAULT_SEED=%d", seed)
	k := &killer{server: newServer(t, engine), sink: newSink(t, "", sometimesSlow), chance: rand.New(rand.NewPCG(seed, 1<<32))}
	k.settings = append(k.settings, "smtp.url="+k.sink.url(), "smtp.connections="+strconv.Itoa(connections))
	k.crowd = newCrowd(k.server, seed, visitors)
	k.start()
	return k
}

// round is one kill under load, and what follows.
func (k *killer) round() {
	k.Helper()
	leave := k.crowd.come()
	time.Sleep(k.between(200*time.Millisecond, 1500*time.Millisecond))
	k.crowd.dying.Store(true)
	k.kill()
	leave()
	if k.chance.IntN(4) == 0 { // once more, while it picks itself up
		k.launch()
		time.Sleep(k.between(0, 400*time.Millisecond))
		k.kill()
	}
	ready := k.start()
	if k.ready = append(k.ready, ready); ready > readyWithin {
		k.Errorf("ready only %v after it was started again", ready)
	}
	k.crowd.newLife()
	k.crowd.sendAgain(k.chance)
}

func (k *killer) kill() {
	k.Helper()
	k.server.kill()
	k.sink.killed()
	k.leasesRunOut()
	k.kills++
}

func (k *killer) between(least, most time.Duration) time.Duration {
	return least + time.Duration(k.chance.Int64N(int64(most-least)))
}

// tell says what the run was made of.
func (k *killer) tell(kept *kept) {
	k.Helper()
	answers, lost, never := 0, 0, 0
	for _, p := range k.crowd.posts() {
		answers += len(p.thanks)
		lost += p.lost
		if !p.answered() {
			never++
		}
	}
	k.Logf("%d forms: %d answers 303, %d times none, of which %d forms never got one; %d submissions of %d leads",
		len(k.crowd.posts()), answers, lost, never, len(kept.submissions), len(kept.leads))
	taken, unknown, states := 0, 0, map[string]int{}
	for _, copies := range k.sink.taken() {
		taken += len(copies)
	}
	for _, n := range k.unknowns() {
		unknown += n
	}
	for _, m := range kept.messages {
		states[m.State]++
	}
	k.Logf("%d mails owed %v; %d mails taken, %d of them twice; %d times unknown", len(kept.messages), states,
		taken, taken-len(k.sink.taken()), unknown)
	slices.Sort(k.ready)
	k.Logf("%d kills; ready again after %v (median), %v at most", k.kills, k.ready[len(k.ready)/2].Round(time.Millisecond),
		k.ready[len(k.ready)-1].Round(time.Millisecond))
}
