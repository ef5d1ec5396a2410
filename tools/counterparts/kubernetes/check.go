package main

import (
	"fmt"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/api/pod"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	appsvalidation "k8s.io/kubernetes/pkg/apis/apps/validation"
	"k8s.io/kubernetes/pkg/apis/autoscaling"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	autoscalingvalidation "k8s.io/kubernetes/pkg/apis/autoscaling/validation"
	"k8s.io/kubernetes/pkg/apis/batch"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	batchvalidation "k8s.io/kubernetes/pkg/apis/batch/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/kubernetes/pkg/apis/networking"
	_ "k8s.io/kubernetes/pkg/apis/networking/install"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"
	"k8s.io/kubernetes/pkg/apis/policy"
	_ "k8s.io/kubernetes/pkg/apis/policy/install"
	policyvalidation "k8s.io/kubernetes/pkg/apis/policy/validation"
	"k8s.io/pod-security-admission/admission"
	"k8s.io/pod-security-admission/api"
	podsecurity "k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"
)

type checker struct {
	custom   map[string]customResource
	external runtime.Decoder
	internal runtime.Decoder
	security podsecurity.Evaluator
}

func newChecker(definitions string) (*checker, error) {
	custom, err := readDefinitions(definitions)
	if err != nil {
		return nil, err
	}
	security, err := podsecurity.NewEvaluator(podsecurity.DefaultChecks(), nil)
	if err != nil {
		return nil, err
	}
	codecs := serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict)
	return &checker{custom, codecs.UniversalDeserializer(), codecs.UniversalDecoder(), security}, nil
}

// What the object is called, and its mistakes; neither for a document without an object.
func (c *checker) document(text []byte) (string, []string) {
	var object map[string]any
	if err := yaml.UnmarshalStrict(text, &object); err != nil {
		return "a document", []string{err.Error()}
	}
	if len(object) == 0 {
		return "", nil
	}
	about := unstructured.Unstructured{Object: object}
	name := fmt.Sprintf("%s %s", about.GetKind(), about.GetName())
	if custom, known := c.custom[about.GetAPIVersion()+" "+about.GetKind()]; known {
		return name, custom.check(object)
	}
	external, _, err := c.external.Decode(text, nil, nil)
	if err != nil {
		return name, []string{err.Error()}
	}
	internal, _, err := c.internal.Decode(text, nil, nil)
	if err != nil {
		return name, []string{err.Error()}
	}
	problems := []string{}
	for _, each := range validate(internal) {
		problems = append(problems, each.Error())
	}
	return name, append(problems, c.insecure(external)...)
}

// Of objects with pods: what the level "restricted" forbids.
func (c *checker) insecure(object runtime.Object) []string {
	about, spec, err := admission.DefaultPodSpecExtractor{}.ExtractPodSpec(object)
	if err != nil || spec == nil {
		return nil
	}
	strictest := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	result := podsecurity.AggregateCheckResults(c.security.EvaluatePod(strictest, about, spec))
	if result.Allowed {
		return nil
	}
	return []string{"Pod Security restricted: " + result.ForbiddenDetail()}
}

func validate(object runtime.Object) field.ErrorList {
	// Here and below: what the server fills in by itself.
	if about, err := meta.Accessor(object); err == nil && about.GetNamespace() == "" {
		about.SetNamespace("default")
	}
	switch it := object.(type) {
	case *apps.Deployment:
		return appsvalidation.ValidateDeployment(it, podOptions(&it.Spec.Template))
	case *apps.StatefulSet:
		return appsvalidation.ValidateStatefulSet(it, podOptions(&it.Spec.Template))
	case *batch.CronJob:
		return batchvalidation.ValidateCronJobCreate(it, podOptions(&it.Spec.JobTemplate.Spec.Template))
	case *core.Service:
		if len(it.Spec.ClusterIPs) == 0 && it.Spec.ClusterIP != "" {
			it.Spec.ClusterIPs = []string{it.Spec.ClusterIP}
		}
		return corevalidation.ValidateServiceCreate(it)
	case *core.ServiceAccount:
		return corevalidation.ValidateServiceAccount(it)
	case *core.Secret:
		return corevalidation.ValidateSecret(it)
	case *core.PersistentVolumeClaim:
		options := corevalidation.ValidationOptionsForPersistentVolumeClaim(it, nil)
		return corevalidation.ValidatePersistentVolumeClaim(it, options)
	case *autoscaling.HorizontalPodAutoscaler:
		options := autoscalingvalidation.HorizontalPodAutoscalerSpecValidationOptions{}
		return autoscalingvalidation.ValidateHorizontalPodAutoscaler(it, options)
	case *networking.Ingress:
		return networkingvalidation.ValidateIngressCreate(it)
	case *networking.NetworkPolicy:
		options := networkingvalidation.NetworkPolicyValidationOptions{}
		return networkingvalidation.ValidateNetworkPolicy(it, options)
	case *policy.PodDisruptionBudget:
		options := policyvalidation.PodDisruptionBudgetValidationOptions{}
		return policyvalidation.ValidatePodDisruptionBudget(it, options)
	}
	return field.ErrorList{field.NotSupported(field.NewPath("kind"), fmt.Sprintf("%T", object), []string{})}
}

func podOptions(template *core.PodTemplateSpec) corevalidation.PodValidationOptions {
	return pod.GetValidationOptionsFromPodTemplate(template, nil)
}
