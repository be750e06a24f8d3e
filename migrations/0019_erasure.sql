CREATE INDEX `imports_by_portfolio` ON `imports` (`portfolio_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `portfolios_by_deletion` ON `portfolios` (`deleted_at`) WHERE deleted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `invitations_by_creator` ON `invitations` (`created_by`);--> statement-breakpoint
CREATE INDEX `share_links_by_creator` ON `share_links` (`created_by`);