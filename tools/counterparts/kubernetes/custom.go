package main

import (
	"errors"
	"os"
	"path/filepath"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"sigs.k8s.io/yaml"
)

type customResource struct {
	schema    *structuralschema.Structural
	validator validation.SchemaValidator
}

// The resources that the definitions of a folder define, by version and kind.
func readDefinitions(folder string) (map[string]customResource, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("no definitions in " + folder)
	}
	resources := map[string]customResource{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var definition apiextensionsv1.CustomResourceDefinition
		if err := yaml.Unmarshal(text, &definition); err != nil {
			return nil, err
		}
		for _, version := range definition.Spec.Versions {
			resource, err := customResourceOf(version.Schema.OpenAPIV3Schema)
			if err != nil {
				return nil, err
			}
			resources[definition.Spec.Group+"/"+version.Name+" "+definition.Spec.Names.Kind] = resource
		}
	}
	return resources, nil
}

func customResourceOf(schema *apiextensionsv1.JSONSchemaProps) (customResource, error) {
	var props apiextensions.JSONSchemaProps
	err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(schema, &props, nil)
	if err != nil {
		return customResource{}, err
	}
	structural, err := structuralschema.NewStructural(&props)
	if err != nil {
		return customResource{}, err
	}
	validator, _, err := validation.NewSchemaValidator(&props)
	return customResource{structural, validator}, err
}

func (c customResource) check(object map[string]any) []string {
	problems := []string{}
	for _, each := range validation.ValidateCustomResource(nil, object, c.validator) {
		problems = append(problems, each.Error())
	}
	options := structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(object, c.schema, true, options) {
		problems = append(problems, `unknown field "`+path+`"`)
	}
	return problems
}
