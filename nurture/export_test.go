package nurture

import "context"

// Drain decides on everybody who is due now.
func (n *Nurture) Drain(ctx context.Context) { n.drain(ctx) }
