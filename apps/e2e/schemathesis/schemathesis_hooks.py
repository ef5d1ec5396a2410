"""What schemathesis cannot know of the API: CIDRs, prefix lengths and ids that exist, so that it reaches what lies behind the checks."""
import schemathesis
from hypothesis import strategies as st

IDS = st.integers(min_value=1, max_value=40)
CIDRS = st.sampled_from(
    ["10.0.0.0/8", "10.0.0.0/16", "10.0.1.0/24", "10.0.1.0/28", "192.168.0.0/20", "172.31.0.0/16", "2001:db8::/32", "2001:db8:1::/48", "fd00::/8",
     "10.0.0.1/32", "0.0.0.0/0", "::/0", "::ffff:10.0.0.0/104"])
PLAUSIBLE = {"cidr": CIDRS, "cidr_within": CIDRS, "cidr_contains": CIDRS, "prefix_length": st.integers(8, 64), "new_prefix_len": st.integers(8, 64)}


@schemathesis.hook
def before_generate_path_parameters(context, strategy):
    def plausible(parameters):
        return st.one_of(st.just(parameters), IDS.map(lambda some: {**parameters, "id": some})) if "id" in parameters else st.just(parameters)
    return strategy.flatmap(lambda parameters: plausible(parameters) if isinstance(parameters, dict) else st.just(parameters))


def with_plausible(values):
    names = [name for name in PLAUSIBLE if isinstance(values, dict) and name in values]
    if not names:
        return st.just(values)
    some = st.fixed_dictionaries({name: PLAUSIBLE[name] for name in names})
    return st.one_of(st.just(values), some.map(lambda given: {**values, **given}))


@schemathesis.hook
def before_generate_query(context, strategy):
    return strategy.flatmap(with_plausible)


@schemathesis.hook
def before_generate_body(context, strategy):
    return strategy.flatmap(with_plausible)
