ALTER TABLE `passkeys` ADD `doubted_at` integer;--> statement-breakpoint
CREATE INDEX `challenges_by_expiry` ON `challenges` (`expires_at`);