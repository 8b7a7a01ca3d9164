//! Objectives in the table of a plan: a header cell that spans the rows of its actions, and is
//! divided where these go on on a new page.

use super::{
    BrokenRow, ObjectiveCell, OpenObjective, PendingBand, ReservedNodes, THEME_LEVEL,
    TableLayouter, shorten,
};
use crate::layout::cell;
use crate::layout::design::{
    CELL_BOTTOM, CELL_SIDE, CELL_TOP, FINE, HAIR, HAIRLINE, OBJECTIVE_TINT, RULE,
};
use crate::layout::flow::ShapedText;
use crate::layout::length::Length;
use crate::layout::page::PageItem;
use crate::layout::tree::{HeaderScope, NodeId, StructureRole};
use crate::report::{ColumnRole as Column, ObjectiveGroup, ThemeBand};

impl TableLayouter<'_, '_> {
    pub(super) fn group(
        &mut self,
        theme: &ThemeBand,
        group: &ObjectiveGroup,
        body: NodeId,
        theme_node: Option<NodeId>,
        band: &mut Option<PendingBand>,
    ) {
        group.anchor.clone_into(&mut self.composer.setter.anchor);
        let mut row_node = self.add_row(body, theme_node.is_some());
        let objective_cell = self.table.has_objectives.then(|| {
            let rows = u32::try_from(group.actions.len()).unwrap_or(u32::MAX).max(1);
            let under =
                [self.columns.first().copied().filter(|_| theme_node.is_some()), theme_node];
            let cell = ObjectiveCell { node: NodeId::ROOT, first: 0, rows, under };
            ObjectiveCell { node: self.composer.setter.tree.add(row_node, cell.role(rows)), ..cell }
        });
        let mut objective = objective_cell.map(|cell| self.objective_text(group, cell));
        if group.actions.is_empty() {
            let cells = self.columns.len() - self.first_action_column();
            for _ in 0..cells {
                self.composer.setter.tree.add(row_node, StructureRole::Cell);
            }
            let row = BrokenRow {
                cells: Vec::new(),
                height: self.composer.sizes.cell.leading + CELL_TOP + CELL_BOTTOM,
            };
            self.begin_group(theme, group, &row, objective.take(), band);
            self.kept = ReservedNodes::default();
            self.place_row(&row.cells, self.first_action_column(), row.height, None);
        }
        for (i, action) in group.actions.iter().enumerate() {
            if i > 0 {
                row_node = self.add_row(body, theme_node.is_some());
                self.kept.objective = objective_cell.map(|_| {
                    let before = u32::try_from(i).unwrap_or(u32::MAX);
                    (self.composer.setter.tree.add(row_node, StructureRole::Kept), before)
                });
            }
            action.anchor.clone_into(&mut self.composer.setter.anchor);
            let sizes = self.composer.sizes;
            let flows: Vec<ShapedText> = action
                .cells
                .iter()
                .zip(self.table.columns.iter().skip(self.first_action_column()).enumerate())
                .map(|(cell, (c, column))| {
                    let node = if column.role == Column::Reference {
                        let at = self.columns.get(c + self.first_action_column()).copied();
                        let under = [
                            at.filter(|_| objective_cell.is_some()),
                            objective_cell.map(|o| o.node),
                        ];
                        self.composer.setter.tree.add(
                            row_node,
                            StructureRole::Header {
                                scope: HeaderScope::Row,
                                columns: 1,
                                rows: 1,
                                under,
                            },
                        )
                    } else {
                        self.composer.setter.tree.add(row_node, StructureRole::Cell)
                    };
                    cell::cell(&mut self.composer.setter, cell, sizes, node)
                })
                .collect();
            let row = self.set_row(&flows, self.first_action_column());
            if i == 0 {
                self.begin_group(theme, group, &row, objective.take(), band);
            } else {
                let tall = row.height > self.room_for_rows();
                let room = if tall { self.room_for_rows() / 3 } else { row.height };
                if room > self.composer.left_over() {
                    self.turn();
                } else {
                    let x = self.xs[self.first_action_column()];
                    let y = self.composer.y;
                    self.composer.page.rule(x, y, self.right() - x, HAIR, HAIRLINE);
                }
            }
            self.kept = ReservedNodes::default();
            self.composer.named(&action.anchor);
            self.place_row(
                &row.cells,
                self.first_action_column(),
                row.height,
                Some(&action.reference),
            );
        }
        self.end_group();
    }

    pub(super) fn objective_text(
        &mut self,
        group: &ObjectiveGroup,
        objective: ObjectiveCell,
    ) -> OpenObjective {
        let measure = self.widths[0] - CELL_SIDE * 2;
        let setter = &mut self.composer.setter;
        let text = cell::objective(setter, group, objective.node).lines(&mut setter.fonts, measure);
        let mut repeat = setter.measure(|setter| {
            cell::objective_again(setter, group, &self.words.continued)
                .lines(&mut setter.fonts, measure)
        });
        shorten(&mut repeat, self.composer.frame.height() * 3 / 4);
        OpenObjective {
            text,
            shown: 0,
            repeat,
            cell: objective,
            language: group.text.language(),
            top: Length::ZERO,
            text_end: Length::ZERO,
            background: 0,
        }
    }

    /// Finds the place for the first row of an objective, and begins the objective there.
    pub(super) fn begin_group(
        &mut self,
        theme: &ThemeBand,
        group: &ObjectiveGroup,
        row: &BrokenRow,
        objective: Option<OpenObjective>,
        band: &mut Option<PendingBand>,
    ) {
        let text_height = objective
            .as_ref()
            .map_or(Length::ZERO, |o| o.text.full_height() + CELL_TOP + CELL_BOTTOM);
        let wanted = row.height.at_least(text_height);
        let room = self.room_for_rows();
        // what is taller than a page begins where a good part of it fits
        let wanted = if wanted > room { room / 3 } else { wanted };
        if let Some(band) = band.take() {
            self.place_band(theme, band, wanted);
        } else if wanted > self.composer.left_over() && !self.at_top() {
            self.turn();
        }
        let (ruled, y) = (!self.at_top(), self.composer.y);
        let title = format!("{} {}", group.reference, group.text.plain());
        let level = THEME_LEVEL + u8::from(!theme.title.is_empty());
        if group.text.is_empty() {
            self.composer.named(&group.anchor);
        } else {
            self.composer.outlined(&group.anchor, &title, level);
        }
        self.objective = objective;
        self.begin_objective_part();
        if ruled {
            let (left, right) = (self.left(), self.right());
            self.composer.page.rule(left, y, right - left, FINE, RULE);
        }
    }

    /// Puts the objective at the top of its part of this page: what is left of its words, or all of
    /// them again.
    pub(super) fn begin_objective_part(&mut self) {
        let Some(mut open) = self.objective.take() else { return };
        let (x, y) = (self.left(), self.composer.y);
        open.top = y;
        open.background = self.composer.page.items.len();
        self.composer.page.fill(x, y, self.widths[0], Length::ZERO, OBJECTIVE_TINT);
        let room = self.composer.left_over() - CELL_TOP - CELL_BOTTOM;
        let (lines, range) = if open.shown < open.text.lines.len() {
            let fits = open.text.fitting(open.shown, room).max(1);
            let range = open.shown..(open.shown + fits).min(open.text.lines.len());
            open.shown = range.end;
            (&open.text, range)
        } else {
            let node = self.kept.objective.take().map_or(NodeId::ARTIFACT, |(node, before)| {
                let tree = &mut self.composer.setter.tree;
                tree.becomes(open.cell.node, open.cell.role(before));
                open.cell = ObjectiveCell { node, first: before, ..open.cell };
                tree.becomes(node, open.cell.role(open.cell.rows));
                tree.speak(node, open.language);
                node
            });
            open.repeat.belongs_to(node);
            (&open.repeat, 0..open.repeat.fitting(0, room))
        };
        self.composer.setter.draw(
            &mut self.composer.page,
            lines,
            range.clone(),
            x + CELL_SIDE,
            y + CELL_TOP,
        );
        open.text_end = y + CELL_TOP + lines.height(range) + CELL_BOTTOM;
        self.objective = Some(open);
    }

    /// Ends the objective's part of this page: its rows reach down at least as far as its words.
    pub(super) fn end_objective_part(&mut self) {
        if let Some(open) = &self.objective {
            self.composer.y = self.composer.y.at_least(open.text_end);
            if let Some(PageItem::Fill { height, .. }) =
                self.composer.page.items.get_mut(open.background)
            {
                *height = self.composer.y - open.top;
            }
            self.draw_column_rules(open.top);
        }
    }

    pub(super) fn end_group(&mut self) {
        self.end_objective_part();
        while self.objective.as_ref().is_some_and(|o| o.shown < o.text.lines.len()) {
            self.turn();
            self.end_objective_part();
        }
        self.objective = None;
    }
}
