// Checks files of rules as Prometheus does when it loads them: prints a line for each mistake.
package main

import (
	"fmt"
	"os"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

func main() {
	code := 0
	for _, file := range os.Args[1:] {
		_, mistakes := rulefmt.ParseFile(file, false, model.UTF8Validation, parser.NewParser(parser.Options{}), nil)
		for _, mistake := range mistakes {
			fmt.Println(mistake)
			code = 1
		}
	}
	os.Exit(code)
}
