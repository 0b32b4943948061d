-- What ends by the clock: who may be refused soon is asked for among these few, not among everybody.
CREATE INDEX entitlement_ending ON entitlement (phase, known_end, grace_until, paid_until, provisional_until)
WHERE phase <> 'ended' AND (phase <> 'paid' OR known_end IS NOT NULL);
CREATE INDEX membership_cover_ending ON membership_cover (until_at) WHERE until_at IS NOT NULL;
CREATE INDEX credential_fact_ending ON credential_fact (valid_until) WHERE valid_until IS NOT NULL;
