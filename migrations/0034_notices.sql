CREATE TABLE `notice_channels` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`label` text NOT NULL,
	`target` text NOT NULL,
	`opened` text NOT NULL,
	`origin` text NOT NULL,
	`session_id` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`failed_at` integer,
	`failure` text,
	`failures` integer DEFAULT 0 NOT NULL,
	`stopped_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notice_channels_by_account` ON `notice_channels` (`account_id`);--> statement-breakpoint
CREATE TABLE `notice_deliveries` (
	`notice` integer NOT NULL,
	`channel_id` text NOT NULL,
	`channel` text NOT NULL,
	`status` text NOT NULL,
	`tries` integer NOT NULL,
	`at` integer NOT NULL,
	`said` text,
	PRIMARY KEY(`notice`, `channel_id`),
	FOREIGN KEY (`notice`) REFERENCES `notices`(`sequence`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `notice_deliveries_by_status` ON `notice_deliveries` (`status`,`at`);--> statement-breakpoint
CREATE TABLE `notices` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` text NOT NULL,
	`id` text NOT NULL,
	`portfolio_id` text,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`address` text NOT NULL,
	`tag` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_once` ON `notices` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `notices_by_account` ON `notices` (`account_id`);--> statement-breakpoint
CREATE INDEX `notices_by_portfolio` ON `notices` (`portfolio_id`,`account_id`);--> statement-breakpoint
CREATE INDEX `notices_by_time` ON `notices` (`at`);--> statement-breakpoint
CREATE TABLE `push_keys` (
	`one` integer PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`private_key` text NOT NULL,
	`created_at` integer NOT NULL
);
