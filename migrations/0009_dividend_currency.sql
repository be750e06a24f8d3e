ALTER TABLE `corporate_actions` ADD `currency` text;--> statement-breakpoint
ALTER TABLE `corporate_actions` ADD `note` text;--> statement-breakpoint
CREATE INDEX `corporate_actions_by_currency` ON `corporate_actions` (`symbol`,`currency`) WHERE currency IS NOT NULL;--> statement-breakpoint
-- Their dividends were stored without the currencies that the source states, and without capital gains.
UPDATE `histories` SET `from_day` = NULL WHERE `symbol` IN (SELECT `symbol` FROM `instruments` WHERE `kind` IN ('equity', 'etf', 'fund'));
