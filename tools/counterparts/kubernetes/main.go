// Says what a server of Kubernetes would refuse in the objects on stdin (YAML, several documents), by
// its own code: strict decoding, defaults, validation, and Pod Security at its strictest level. A
// line for each mistake, and exit code 1. The argument is a folder with definitions of custom
// resources. Objects are checked one by one: what they name is not looked for.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/util/yaml"
)

func main() {
	if len(os.Args) != 2 {
		fail(errors.New("usage: kubernetes-check FOLDER-WITH-DEFINITIONS < OBJECTS"))
	}
	check, err := newChecker(os.Args[1])
	if err != nil {
		fail(err)
	}
	documents := yaml.NewYAMLReader(bufio.NewReader(os.Stdin))
	objects, mistakes := 0, 0
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			fail(err)
		}
		name, problems := check.document(document)
		if name == "" && len(problems) == 0 {
			continue
		}
		objects++
		mistakes += len(problems)
		for _, each := range problems {
			fmt.Printf("%s: %s\n", name, each)
		}
	}
	fmt.Fprintf(os.Stderr, "%d objects, %d mistakes\n", objects, mistakes)
	if mistakes > 0 || objects == 0 {
		os.Exit(1)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}
