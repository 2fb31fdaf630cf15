// Verify checks a log of the public record with what others wrote: golang.org/x/mod/sumdb/note and tlog.
//
// It is the outside client of the tests: another language, other authors, the same files. What this file
// adds is small: the names of tiles (tile/0/... for Go's tile/8/0/...), entry bundles, cosignatures (type 4),
// the policy file, and stricter spelling (x/mod takes base64 with stray bits).
//
//	verify -policy FILE log FOLDER                   every entry, tile, signature and the root
//	verify -policy FILE receipt ENTRY RECEIPT...     receipts of one entry, without its log
//	verify -policy FILE proofs FOLDER RECEIPT...     the log gives the same proofs, byte for byte
//	verify -policy FILE prove FOLDER all|INDEX...    write the inclusion proofs that the log gives
//	verify -policy FILE consistency FOLDER OLD...    the log continues older checkpoints; write the proofs
//
// Exit status: 0 verified, 1 refused (standard error says what differs), 2 wrong use.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	width     = 256
	maxNote   = 1000000
	maxBundle = width * (2 + 65535)
	maxTime   = 253402300799 // the last second of the year 9999

	maxSignatures = 64
)

func main() {
	policyFile := flag.String("policy", "", "the tlog-policy file: logs, witnesses and the quorum")
	flag.Parse()
	words := flag.Args()
	commands := map[string]func(*policy, string, []string) error{
		"log": verifyLog, "receipt": verifyReceipts, "proofs": verifyProofs,
		"prove": prove, "consistency": verifyConsistency,
	}
	if len(words) < 2 || commands[words[0]] == nil || (len(words) == 2) != (words[0] == "log") {
		flag.Usage()
		os.Exit(2)
	}
	known, err := readPolicy(*policyFile)
	if err == nil {
		err = commands[words[0]](known, words[1], words[2:])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
}

// readFile reads a file of bounded size.
func readFile(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, fmt.Errorf("%s is no file of at most %d bytes", path, limit)
	}
	return os.ReadFile(path)
}

func newest(known *policy, folder string) (*checkpoint, error) {
	data, err := readFile(filepath.Join(folder, "checkpoint"), maxNote)
	if err != nil {
		return nil, err
	}
	return known.open(data)
}

// verifyLog compares every entry with the leaf hashes that tlog authenticates against the signed root.
func verifyLog(known *policy, folder string, _ []string) error {
	signed, err := newest(known, folder)
	if err != nil {
		return err
	}
	if signed.tree.N == 0 && signed.tree.Hash != emptyHash {
		return errors.New("the root of an empty log differs")
	}
	const step = 64 * width
	hashes := tlog.TileHashReader(signed.tree, newTiles(folder))
	for start := int64(0); start < signed.tree.N; start += step {
		end := start + step
		if end > signed.tree.N {
			end = signed.tree.N
		}
		if err := verifyEntries(folder, hashes, start, end, signed.tree.N); err != nil {
			return err
		}
	}
	fmt.Printf("verified: %s, %d entries\n%s", signed.origin, signed.tree.N, signed.who())
	return nil
}

func verifyEntries(folder string, hashes tlog.HashReader, start, end, size int64) error {
	indexes := make([]int64, 0, end-start)
	for index := start; index < end; index++ {
		indexes = append(indexes, tlog.StoredHashIndex(0, index))
	}
	leaves, err := hashes.ReadHashes(indexes)
	if err != nil {
		return fmt.Errorf("tiles of the entries %d to %d: %v", start, end-1, err)
	}
	for first := start; first < end; first += width {
		entries, err := readBundle(folder, first/width, size)
		if err != nil {
			return err
		}
		for place, entry := range entries {
			if tlog.RecordHash(entry) != leaves[first-start+int64(place)] {
				return fmt.Errorf("entry %d differs from the leaf in the tree", first+int64(place))
			}
		}
	}
	return nil
}

// verifyReceipts checks receipts of one entry, without its log.
func verifyReceipts(known *policy, entryFile string, files []string) error {
	entry, err := readFile(entryFile, 65535)
	if err != nil {
		return err
	}
	for _, file := range files {
		given, err := readReceipt(known, file)
		if err != nil {
			return fmt.Errorf("%s: %v", file, err)
		}
		if given.index >= given.signed.tree.N {
			return fmt.Errorf("%s: the log has no entry %d", file, given.index)
		}
		tree := given.signed.tree
		if err := tlog.CheckRecord(given.path, tree.N, tree.Hash, given.index, tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("%s: %v", file, err)
		}
		fmt.Printf("verified: %s, entry %d of %d\n%s", given.signed.origin, given.index, tree.N, given.signed.who())
	}
	return nil
}

// verifyProofs derives the proof of every receipt from the log's tiles, and checks the entry of the log with it.
func verifyProofs(known *policy, folder string, files []string) error {
	for _, file := range files {
		given, err := readReceipt(known, file)
		if err != nil {
			return fmt.Errorf("%s: %v", file, err)
		}
		derived, err := derive(folder, given.signed.tree, given.index)
		if err != nil {
			return fmt.Errorf("%s: %v", file, err)
		}
		if spell(derived) != spell(given.path) {
			return fmt.Errorf("%s: the log gives another proof of entry %d:\n%s", file, given.index, spell(derived))
		}
	}
	fmt.Printf("verified: %d proofs are the same\n", len(files))
	return nil
}

// derive makes the inclusion proof of an entry from the tiles, and checks it with the entry of the log.
func derive(folder string, tree tlog.Tree, index int64) (tlog.RecordProof, error) {
	if index >= tree.N {
		return nil, fmt.Errorf("the log has no entry %d", index)
	}
	path, err := tlog.ProveRecord(tree.N, index, tlog.TileHashReader(tree, newTiles(folder)))
	if err != nil {
		return nil, err
	}
	entries, err := readBundle(folder, index/width, tree.N)
	if err != nil {
		return nil, err
	}
	return path, tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entries[index%width]))
}

// spell writes the hashes of a proof as a receipt has them.
func spell(hashes []tlog.Hash) string {
	var text strings.Builder
	for _, hash := range hashes {
		text.WriteString(hash.String() + "\n")
	}
	return text.String()
}

// prove writes inclusion proofs as the heads of receipts.
func prove(known *policy, folder string, indexes []string) error {
	signed, err := newest(known, folder)
	if err != nil {
		return err
	}
	if len(indexes) == 1 && indexes[0] == "all" {
		indexes = nil
		for index := int64(0); index < signed.tree.N; index++ {
			indexes = append(indexes, strconv.FormatInt(index, 10))
		}
	}
	for _, word := range indexes {
		index, err := strictNumber(word)
		if err != nil {
			return err
		}
		path, err := derive(folder, signed.tree, index)
		if err != nil {
			return err
		}
		fmt.Printf("index %d\n%s\n", index, spell(path))
	}
	return nil
}

// verifyConsistency checks that the log continues older checkpoints, and writes the proofs.
func verifyConsistency(known *policy, folder string, files []string) error {
	signed, err := newest(known, folder)
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := readFile(file, maxNote)
		if err != nil {
			return err
		}
		old, err := known.open(data)
		if err != nil {
			return fmt.Errorf("%s: %v", file, err)
		}
		if old.origin != signed.origin || old.tree.N > signed.tree.N || old.tree.N < 1 {
			return fmt.Errorf("%s: %d entries of %s do not begin %d of %s", file, old.tree.N, old.origin, signed.tree.N, signed.origin)
		}
		path, err := tlog.ProveTree(signed.tree.N, old.tree.N, tlog.TileHashReader(signed.tree, newTiles(folder)))
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(path, signed.tree.N, signed.tree.Hash, old.tree.N, old.tree.Hash); err != nil {
			return fmt.Errorf("%s: the log was changed since: %v", file, err)
		}
		fmt.Printf("old %d\n%s\n", old.tree.N, spell(path))
	}
	return nil
}
