-- What tokens and people are limited to, beside the accounts that tokens could be limited to before; null: not limited.

alter table token add column pools jsonb;
alter table app_user add column accounts jsonb, add column pools jsonb;
