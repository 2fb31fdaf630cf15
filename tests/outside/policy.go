package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// policy is a tlog-policy file: the keys that count, and the cosigners that are asked for.
type policy struct {
	verifiers []note.Verifier
	labels    map[string]string // names of witnesses by name and key id; "" for a log
	unchecked map[string]string // the same for ML-DSA-44 keys, which Go 1.19 cannot check
	order     []string          // groups, as they are defined
	groups    map[string]group
	quorum    string
}

type group struct {
	needed  int
	members []string
}

// checkpoint is a signed tree head that the policy accepts.
type checkpoint struct {
	origin    string
	tree      tlog.Tree
	cosigned  map[string]time.Time
	unchecked []string
}

// who says who cosigned, when, and whose signatures nobody checked here.
func (c *checkpoint) who() string {
	text := ""
	for name, at := range c.cosigned {
		text += fmt.Sprintf("cosigned by %s, %s\n", name, at.Format(time.RFC3339))
	}
	for _, name := range c.unchecked {
		text += fmt.Sprintf("not checked here: %s (ML-DSA-44)\n", name)
	}
	return text
}

// cosigner verifies timestamped Ed25519 cosignatures (type 4): the one kind of key that x/mod lacks.
type cosigner struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.id }

// Verify checks the eight bytes of the time and the 64 of the signature.
func (c *cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", at, text)
	return at <= maxTime && ed25519.Verify(c.key, []byte(message), signature[8:])
}

func place(name string, id uint32) string { return fmt.Sprintf("%s+%08x", name, id) }

// readPolicy reads a policy file. It is ours and trusted: what it may not say is tested elsewhere.
func readPolicy(path string) (*policy, error) {
	data, err := readFile(path, maxNote)
	if err != nil {
		return nil, err
	}
	p := &policy{labels: map[string]string{}, unchecked: map[string]string{}, groups: map[string]group{}}
	for _, line := range strings.Split(string(data), "\n") {
		words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if err := p.take(words); err != nil {
			return nil, fmt.Errorf("policy, %q: %v", line, err)
		}
	}
	if p.quorum == "" {
		return nil, errors.New("the policy has no quorum")
	}
	return p, nil
}

// take takes in one line of a policy.
func (p *policy) take(words []string) error {
	switch count := len(words); {
	case words[0] == "log" && count >= 2:
		return p.addKey(words[1], "")
	case words[0] == "witness" && count >= 3:
		return p.addKey(words[2], words[1])
	case words[0] == "group" && count > 3:
		return p.addGroup(words[1], words[2], words[3:])
	case words[0] == "quorum" && count == 2 && p.quorum == "":
		p.quorum = words[1]
		return nil
	}
	return errors.New("unknown, repeated or of another form")
}

func (p *policy) addGroup(name, needed string, members []string) error {
	number, err := strictNumber(needed)
	if needed == "all" {
		number, err = int64(len(members)), nil
	} else if needed == "any" {
		number, err = 1, nil
	}
	if err != nil || number < 1 || number > int64(len(members)) {
		return errors.New("so many members are not there")
	}
	p.order = append(p.order, name)
	p.groups[name] = group{int(number), members}
	return nil
}

// addKey takes in a key; `label` is the name of a witness, "" for a log.
func (p *policy) addKey(vkey, label string) error {
	if label == "" {
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			return err
		}
		p.verifiers = append(p.verifiers, verifier)
		p.labels[place(verifier.Name(), verifier.KeyHash())] = ""
		return nil
	}
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return errors.New("no key")
	}
	data, err := strictBase64(parts[2])
	if err != nil {
		return err
	}
	digest := sha256.Sum256([]byte(parts[0] + "\n" + string(data)))
	id := binary.BigEndian.Uint32(digest[:])
	switch {
	case parts[1] != fmt.Sprintf("%08x", id):
		return errors.New("the key was altered")
	case data[0] == 4 && len(data) == 1+ed25519.PublicKeySize:
		p.verifiers = append(p.verifiers, &cosigner{parts[0], id, data[1:]})
		p.labels[place(parts[0], id)] = label
	case data[0] == 6:
		p.unchecked[place(parts[0], id)] = label
	default:
		return errors.New("a key of another kind")
	}
	return nil
}

// open checks a signed checkpoint with note.Open, then its form, its log and its quorum.
func (p *policy) open(data []byte) (*checkpoint, error) {
	if len(data) > maxNote {
		return nil, errors.New("the checkpoint is too large")
	}
	if err := p.strictSignatures(data); err != nil {
		return nil, err
	}
	opened, err := note.Open(data, note.VerifierList(p.verifiers...))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] == "" || lines[3] != "" {
		return nil, errors.New("a checkpoint has three lines: origin, size, root")
	}
	found := &checkpoint{origin: lines[0], cosigned: map[string]time.Time{}}
	if found.tree.N, err = strictNumber(lines[1]); err != nil {
		return nil, err
	}
	if found.tree.Hash, err = strictHash(lines[2]); err != nil {
		return nil, err
	}
	for _, signature := range opened.UnverifiedSigs {
		if label, known := p.unchecked[place(signature.Name, signature.Hash)]; known {
			found.unchecked = append(found.unchecked, label)
		}
	}
	return found, p.accept(found, opened.Sigs)
}

// accept asks for the signature of the log itself and for the quorum.
func (p *policy) accept(found *checkpoint, signatures []note.Signature) error {
	byLog := false
	held := map[string]bool{"none": true}
	for _, signature := range signatures {
		label := p.labels[place(signature.Name, signature.Hash)]
		if label == "" {
			byLog = byLog || signature.Name == found.origin
			continue
		}
		data, _ := strictBase64(signature.Base64)
		found.cosigned[label] = time.Unix(int64(binary.BigEndian.Uint64(data[4:])), 0).UTC()
		held[label] = true
	}
	for _, name := range p.order {
		count := 0
		for _, member := range p.groups[name].members {
			if held[member] {
				count++
			}
		}
		held[name] = count >= p.groups[name].needed
	}
	if !byLog {
		return fmt.Errorf("no log of the policy signed for %s", found.origin)
	}
	if !held[p.quorum] {
		return fmt.Errorf("%s has not cosigned", p.quorum)
	}
	return nil
}

// strictSignatures refuses what note.Open lets pass: base64 with stray bits, a known key that signs twice, more
// signatures and longer names than the record has.
func (p *policy) strictSignatures(data []byte) error {
	split := strings.LastIndex(string(data), "\n\n")
	seen := map[string]bool{}
	lines := strings.Split(strings.TrimSuffix(string(data[split+1:]), "\n"), "\n")[1:]
	if len(lines) > maxSignatures {
		return errors.New("too many signatures")
	}
	for _, line := range lines {
		words := strings.Split(line, " ")
		if len(words) != 3 {
			return errors.New("a malformed signature line")
		}
		signature, err := strictBase64(words[2])
		if err != nil {
			return err
		}
		if !plainName(words[1]) {
			return errors.New("a name that no key bears")
		}
		if len(signature) < 5 {
			return errors.New("a signature that is too short")
		}
		key := place(words[1], binary.BigEndian.Uint32(signature))
		if _, known := p.labels[key]; known && seen[key] {
			return fmt.Errorf("%s signed twice", words[1])
		}
		seen[key] = true
	}
	return nil
}

// plainName says whether a name has at most 255 bytes and no control character; x/mod looks at the rest.
func plainName(name string) bool {
	return len(name) <= 255 && strings.IndexFunc(name, func(r rune) bool { return r < 0x20 || r == 0x7f }) < 0
}

func strictBase64(text string) ([]byte, error) {
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(data) == 0 || base64.StdEncoding.EncodeToString(data) != text {
		return nil, fmt.Errorf("%q is no canonical base64", text)
	}
	return data, nil
}

func strictHash(text string) (tlog.Hash, error) {
	var hash tlog.Hash
	data, err := strictBase64(text)
	if err == nil && len(data) != tlog.HashSize {
		err = fmt.Errorf("a hash of %d bytes", len(data))
	}
	copy(hash[:], data)
	return hash, err
}

func strictNumber(text string) (int64, error) {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 || number >= 1e15 || strconv.FormatInt(number, 10) != text {
		return 0, fmt.Errorf("%q is no plain number", text)
	}
	return number, nil
}
