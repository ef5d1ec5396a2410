-- What tokens and people are limited to, beside the accounts that tokens could be limited to before; null: not limited.

alter table token add column pools text check (pools is null or json_valid(pools));
alter table app_user add column accounts text check (accounts is null or json_valid(accounts));
alter table app_user add column pools text check (pools is null or json_valid(pools));
