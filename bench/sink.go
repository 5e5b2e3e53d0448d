package main

import (
	"bufio"
	"bytes"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A sink is a mail server that takes everything, as fast as it is sent.
type sink struct {
	listener net.Listener
	taken    atomic.Int64
	mu       sync.Mutex
	hot      map[string]time.Time // when word of a hot lead was taken, by the lead's address
}

const salesAddress = "sales@bench.example"

func newSink() (*sink, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &sink{listener: l, hot: map[string]time.Time{}}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s, nil
}

func (s *sink) url() string { return "smtp://" + s.listener.Addr().String() + "?tls=none" }

func (s *sink) serve(conn net.Conn) {
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 64<<10)
	say := func(line string) bool { _, err := conn.Write([]byte(line + "\r\n")); return err == nil }
	say("220 sink")
	sales := false
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return
		}
		verb := bytes.ToUpper(line[:min(len(line), 4)])
		switch string(verb) {
		case "EHLO":
			say("250-sink\r\n250-PIPELINING\r\n250 8BITMIME")
		case "RCPT":
			sales = bytes.Contains(line, []byte(salesAddress))
			say("250 ok")
		case "DATA":
			say("354 go on")
			if s.data(r, sales) != nil || !say("250 taken") {
				return
			}
			s.taken.Add(1)
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// data reads a mail to its end; of a mail to sales it notes whom it is about, from Reply-To.
func (s *sink) data(r *bufio.Reader, sales bool) error {
	about := ""
	for {
		line, err := r.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull {
			return err
		}
		if sales && about == "" && bytes.HasPrefix(line, []byte("Reply-To: ")) {
			about = string(bytes.Trim(line[10:], "<>\r\n "))
		}
		if len(line) == 3 && line[0] == '.' {
			break
		}
	}
	if about != "" {
		s.mu.Lock()
		s.hot[about] = time.Now()
		s.mu.Unlock()
	}
	return nil
}
