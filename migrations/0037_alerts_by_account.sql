CREATE INDEX `alerts_by_account` ON `alerts` (`account_id`);--> statement-breakpoint
CREATE INDEX `digests_by_account` ON `digests` (`account_id`);